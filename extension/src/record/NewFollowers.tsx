import { useEffect, useState } from 'preact/hooks';
import { record } from '../ledger/ledger';
import type { Own } from '../ledger/store';
import { say, sayNumber } from '../words';

const DAYS = 28;
const WIDTH = 560;
const HEIGHT = 64;
const GAP = 4;

/** New followers of the last four weeks, a column a day, on the reader's own calendar. */
export function NewFollowers({ own: { key, number, last }, renewed }: { own: Own; renewed: number }) {
  const [days, setDays] = useState<{ from: Date; counts: number[] } | null>(null);
  useEffect(() => {
    const look = async () => {
      const dawns = Array.from({ length: DAYS + 1 }, (_, day) => dawn(day - DAYS + 1));
      const counts = await record.read((rows) =>
        Promise.all(
          dawns
            .slice(0, DAYS)
            .map((from, day) => rows.begun(key, from.toISOString(), (dawns[day + 1] ?? from).toISOString())),
        ),
      );
      setDays({ from: dawns[0] ?? new Date(), counts });
    };
    void look();
  }, [key, number, last?.number, renewed]);
  if (days === null) return null;
  const { from, counts } = days;
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const most = Math.max(...counts);
  const step = WIDTH / DAYS;
  const since = from.toLocaleDateString(say('locale'), { day: 'numeric', month: 'short' });
  return (
    <figure>
      <figcaption class="hint">{say('recordChart', since, sayNumber(total))}</figcaption>
      <svg
        class="columns"
        role="img"
        viewBox={`0 0 ${WIDTH} ${HEIGHT + 1}`}
        aria-label={say('recordChart', since, sayNumber(total))}
      >
        {counts.map((count, day) => {
          const height = count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT);
          return (
            <rect key={day} x={day * step} y={HEIGHT - height} width={step - GAP} height={height} rx={2}>
              <title>{`${dawn(day - DAYS + 1).toLocaleDateString(say('locale'))}: ${sayNumber(count)}`}</title>
            </rect>
          );
        })}
        <path d={`M0 ${HEIGHT + 0.5}H${WIDTH - GAP}`} />
      </svg>
    </figure>
  );
}

/** The beginning of a day, counted from today. */
function dawn(day: number): Date {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + day);
}
