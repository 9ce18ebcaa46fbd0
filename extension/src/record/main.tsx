import { render } from 'preact';
import '../pages.css';
import { RecordPage } from './RecordPage';

render(<RecordPage />, document.getElementById('app') ?? document.body);
