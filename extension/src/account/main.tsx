import { openPage } from '../openPage';
import { say } from '../words';
import { AccountPage } from './AccountPage';

openPage(say('accountTitle'), <AccountPage />);
