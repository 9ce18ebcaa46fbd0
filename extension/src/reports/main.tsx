import { openPage } from '../openPage';
import { say } from '../words';
import { MyReports } from './MyReports';

openPage(say('reportsTitle'), <MyReports />);
