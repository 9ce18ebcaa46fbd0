import { render } from 'preact';
import '../pages.css';
import './followers.css';
import { say } from '../words';
import { Followers } from './Followers';

document.documentElement.lang = say('locale');
document.title = say('followersTitle');
render(<Followers />, document.getElementById('app') ?? document.body);
