import { render } from 'preact';
import '../pages.css';
import { Options } from './Options';

render(<Options />, document.getElementById('app') ?? document.body);
