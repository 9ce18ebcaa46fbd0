import { openPage } from '../openPage';
import './followers.css';
import { say } from '../words';
import { Followers } from './Followers';

openPage(say('followersTitle'), <Followers />);
