import { render } from 'preact';
import '../pages.css';
import { say } from '../words';
import { Popup } from './Popup';

document.documentElement.lang = say('locale');
render(<Popup />, document.getElementById('app') ?? document.body);
