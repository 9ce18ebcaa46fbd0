import { render } from 'preact';
import '../pages.css';
import { say } from '../words';
import { Options } from './Options';

document.title = say('optionsTitle');
document.documentElement.lang = say('locale');
render(<Options />, document.getElementById('app') ?? document.body);
