import { useEffect, useState } from 'preact/hooks';
import { REPORTS } from './requests';

/** Calls when what waits has changed; gives how much of a proof of work is done, null while none is. */
export function useReports(changed: () => void): number | null {
  const [share, setShare] = useState<number | null>(null);
  useEffect(() => {
    const channel = new BroadcastChannel(REPORTS);
    channel.onmessage = ({ data }: MessageEvent<number | null>) => {
      setShare(data);
      if (data === null) changed();
    };
    return () => {
      channel.close();
    };
  }, []);
  return share;
}
