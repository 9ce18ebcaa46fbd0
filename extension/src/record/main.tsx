import { openPage } from '../openPage';
import { say } from '../words';
import { RecordPage } from './RecordPage';

openPage(say('recordTitle'), <RecordPage />);
