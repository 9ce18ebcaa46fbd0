import { openPage } from '../openPage';
import { say } from '../words';
import { Options } from './Options';

openPage(say('openOptions'), <Options />);
