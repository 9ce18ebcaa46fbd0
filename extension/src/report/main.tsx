import { openPage } from '../openPage';
import { say } from '../words';
import { ReportPage } from './ReportPage';

openPage(say('reportTitle'), <ReportPage />);
