import { render } from 'preact';
import '../pages.css';
import { Popup } from './Popup';

render(<Popup />, document.getElementById('app') ?? document.body);
