package org.fairfollow.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.publication.ListDelta;
import org.fairfollow.testing.Project;

/** {@code docs/scale.md}: its tables are sums of the numbers at its top. Run by {@code bench/scale}. */
final class ScaleDocument {
    static final Path FILE = Project.folder().resolve("docs/scale.md");

    private static final Pattern NUMBER = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([0-9.][0-9,.]*) \\|");
    private static final double DAY = 86_400;
    private static final double MONTH = 30;
    private static final double K = 1e3;
    private static final double M = 1e6;
    private static final double G = 1e9;
    private static final double T = 1e12;
    private static final double HASHES = 4_294_967_296.0;

    private final Map<String, Double> numbers = new HashMap<>();

    ScaleDocument(String document) {
        Matcher row = NUMBER.matcher(document);
        while (row.find()) {
            if (numbers.put(row.group(1), Double.valueOf(row.group(2).replace(",", ""))) != null) {
                throw new IllegalArgumentException("`" + row.group(1) + "` is told twice");
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        String document = Files.readString(FILE);
        switch (arguments[0]) {
            case "--measure" -> measure();
            case "--write" -> Files.writeString(FILE, filled(document));
            default -> {
                if (!filled(document).equals(document)) {
                    System.err.println("docs/scale.md and its sums differ: bench/scale --write");
                    System.exit(1);
                }
                System.out.println("docs/scale.md is the sum of its numbers");
            }
        }
    }

    /** The document with its tables summed anew. */
    static String filled(String document) {
        ScaleDocument sums = new ScaleDocument(document);
        String filled = document;
        for (var table : sums.tables().entrySet()) {
            String begin = "<!-- sums: " + table.getKey() + " -->\n";
            int from = filled.indexOf(begin);
            int to = filled.indexOf("<!-- end -->", from);
            if (from < 0 || to < 0) {
                throw new IllegalArgumentException("no place for " + table.getKey());
            }
            filled = filled.substring(0, from + begin.length()) + table.getValue() + filled.substring(to);
        }
        return filled;
    }

    Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("reader", readersDay());
        tables.put("reads", reads());
        tables.put("evidence", evidence());
        tables.put("cluster", cluster());
        tables.put("money", money());
        return tables;
    }

    private double of(String name) {
        Double number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no number `" + name + "`");
        }
        return number;
    }

    /** A service: how many read it a day, and how many accounts it hears of. */
    private record Service(double readers, double accounts) {
        String title() {
            return written(readers / M) + " M readers, " + written(accounts / M) + " M accounts";
        }
    }

    private static final List<Service> SERVICES = List.of(
            new Service(M, 10 * M), new Service(50 * M, 10 * M), new Service(M, 500 * M), new Service(50 * M, 500 * M));

    private static final List<Service> SIZES = List.of(new Service(M, 10 * M), new Service(M, 500 * M));

    // What a reader does

    private double listed(Service service) {
        return service.accounts * of("listed_share");
    }

    private double keys(Service service) {
        return listed(service) * of("keys_per_account");
    }

    private double listBytes(Service service) {
        // What nothing can undercut, log2 C(2^32, n) bits, is n (log2(2^32 / n) + 1.443) for n much smaller than 2^32.
        double entries = keys(service);
        return of("list_overhead") * entries * (Math.log(HASHES / entries) / Math.log(2) + 1.443) / 8;
    }

    /** Digits of a range's prefix: the most that leave enough listed keys in each. */
    private double buckets(Service service) {
        double buckets = 16;
        while (keys(service) / (buckets * 16) >= of("least_keys")) {
            buckets *= 16;
        }
        return buckets;
    }

    private double rangeBytes(Service service) {
        return keys(service) / buckets(service) * of("range_key_bytes") + of("header_bytes");
    }

    private double dayDeltaBytes(Service service) {
        return keys(service) * of("churn") * of("delta_change_bytes") + of("header_bytes");
    }

    private double pollDeltaBytes() {
        return of("delta_least_bytes") + of("header_bytes");
    }

    private double manifestBytes() {
        return of("manifest_bytes") + of("header_bytes");
    }

    /** Bytes of a reader's day, by what is fetched. */
    private Map<String, Double> day(Service service) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        bytes.put("manifest", of("polls") * manifestBytes());
        bytes.put("deltas from poll to poll", (of("polls") - 1) * pollDeltaBytes());
        bytes.put("the day's first delta", (1 - of("whole_lists")) * dayDeltaBytes(service));
        bytes.put("whole list", of("whole_lists") * (listBytes(service) + of("header_bytes")));
        bytes.put("ranges", of("ranges") * rangeBytes(service));
        bytes.put("ranges asked again, unchanged", of("range_revalidations") * of("header_bytes"));
        bytes.put(
                "look-ups and pages",
                of("lookups") * (of("lookup_bytes") + of("header_bytes"))
                        + of("pages") * (of("page_bytes") + of("header_bytes")));
        return bytes;
    }

    private static double sum(Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private String readersDay() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading("a reader's day", SIZES, service -> written(service.accounts / M) + " M accounts"));
        rows.add(row("listed accounts", SIZES, service -> written(listed(service))));
        rows.add(row("whole list", SIZES, service -> bytes(listBytes(service))));
        rows.add(row(
                "one range, of so many",
                SIZES,
                service -> bytes(rangeBytes(service)) + " of " + written(buckets(service))));
        for (String part : day(SIZES.getFirst()).keySet()) {
            rows.add(row(
                    "bytes a day: " + part, SIZES, service -> bytes(day(service).get(part))));
        }
        rows.add(row("**bytes a day**", SIZES, service -> "**" + bytes(sum(day(service))) + "**"));
        rows.add(row(
                "the same had deltas reached no further than 17 minutes",
                SIZES,
                service -> bytes(
                        sum(day(service)) + (1 - of("whole_lists")) * (listBytes(service) - dayDeltaBytes(service)))));
        return table(rows);
    }

    // What that is to the service

    private double rate(Service service, String perDay) {
        return service.readers * of(perDay) / DAY;
    }

    /** Of so many different things, asked for at this rate and kept for a time, the share that is there. */
    private static double hits(double rate, double things, double seconds) {
        double each = rate / things * seconds;
        return each / (1 + each);
    }

    private double requests(Service service) {
        return service.readers
                * (2 * of("polls") + of("ranges") + of("range_revalidations") + of("lookups") + of("pages"))
                / DAY;
    }

    private double rangeRate(Service service) {
        return rate(service, "ranges") + rate(service, "range_revalidations");
    }

    private double rangesAtOrigin(Service service) {
        return rangeRate(service) * (1 - hits(rangeRate(service), buckets(service), of("edge_seconds")));
    }

    /** Deltas of a day are from almost any version; those who ask within the same release share them. */
    private double mergesAtOrigin(Service service) {
        double perRelease = service.readers * (1 - of("whole_lists")) / of("releases");
        double versions = of("releases");
        return versions * (1 - Math.exp(-perRelease / versions)) * of("releases") / DAY;
    }

    /** One manifest for each of its seconds at the edge, and of each release the deltas from the last minute's versions. */
    private double pollsAtOrigin() {
        return of("edges") * (1 / of("edge_seconds") + of("releases") / DAY * 60 * of("releases") / DAY);
    }

    private double originRate(Service service) {
        return rangesAtOrigin(service)
                + mergesAtOrigin(service)
                + pollsAtOrigin()
                + rate(service, "lookups")
                + rate(service, "pages");
    }

    private double perCore(String rate) {
        return of(rate) / of("measured_cores");
    }

    /** Processors that reading takes of the service, on average. */
    private double readingCores(Service service) {
        double rangeCost = rangeBytes(service) / (perCore("range_rate") * of("range_bytes"));
        return rangesAtOrigin(service) * rangeCost
                + mergesAtOrigin(service) * of("merge_ms") / K * keys(service) * of("churn") / of("merge_changes")
                + rate(service, "lookups") / perCore("lookup_rate")
                + rate(service, "pages") / perCore("page_rate");
    }

    private String reads() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading("reading", SERVICES, Service::title));
        rows.add(row("requests a second at the edge, mean", SERVICES, service -> written(requests(service))));
        rows.add(row("the same at the peak", SERVICES, service -> written(of("peak") * requests(service))));
        rows.add(row("to readers, TB a month", SERVICES, service -> written(egress(service))));
        rows.add(row(
                "ranges found at the edge",
                SERVICES,
                service -> percent(hits(rangeRate(service), buckets(service), of("edge_seconds")))));
        rows.add(row("ranges a second at the service", SERVICES, service -> written(rangesAtOrigin(service))));
        rows.add(row("deltas of a day put together a second", SERVICES, service -> written(mergesAtOrigin(service))));
        rows.add(row(
                "manifests, and deltas from poll to poll, a second", SERVICES, service -> written(pollsAtOrigin())));
        rows.add(row(
                "look-ups and pages a second",
                SERVICES,
                service -> written(rate(service, "lookups") + rate(service, "pages"))));
        rows.add(row("all requests at the service, mean", SERVICES, service -> written(originRate(service))));
        rows.add(row(
                "processors for them at the peak", SERVICES, service -> written(of("peak") * readingCores(service))));
        return table(rows);
    }

    private double egress(Service service) {
        return service.readers * sum(day(service)) * MONTH / T;
    }

    // What accounts cost

    private double events(Service service) {
        return service.accounts * of("events") / DAY;
    }

    private double follows(Service service) {
        return service.accounts * of("follows");
    }

    private double judged(Service service) {
        return service.accounts * of("judged_share") / DAY;
    }

    /** Bytes in the database, by what they are of. */
    private Map<String, Double> rows(Service service) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        bytes.put("follows of 104 days", follows(service) * of("days_kept") * of("follow_bytes"));
        bytes.put("accounts", service.accounts * of("account_bytes"));
        bytes.put("days of activity and tallies", service.accounts * of("judged_share") * 4 * of("day_row_bytes"));
        bytes.put("verdicts", service.accounts * of("verdict_share") * of("verdict_bytes"));
        bytes.put("dossiers and what is released", listed(service) * (of("dossier_bytes") + of("released_bytes")));
        return bytes;
    }

    private double eventCores(Service service, String micros) {
        return events(service) * of(micros) / M;
    }

    private double judgingCores(Service service) {
        return judged(service) / perCore("judge_rate");
    }

    private String evidence() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading("evidence", SIZES, service -> written(service.accounts / M) + " M accounts"));
        rows.add(row("events a second, mean", SIZES, service -> written(events(service))));
        rows.add(row("follows a day", SIZES, service -> written(follows(service))));
        rows.add(row(
                "stream, TB a month in",
                SIZES,
                service -> written(events(service) * of("event_bytes") * DAY * MONTH / T)));
        rows.add(row("accounts judged a second, mean", SIZES, service -> written(judged(service))));
        rows.add(row(
                "processors at the peak: intake, service and database",
                SIZES,
                service -> written(of("peak") * eventCores(service, "event_service_us")) + " and "
                        + written(of("peak") * eventCores(service, "event_database_us"))));
        rows.add(row(
                "processors at the peak: judging, both",
                SIZES,
                service -> written(of("peak") * judgingCores(service))));
        for (String part : rows(SIZES.getFirst()).keySet()) {
            rows.add(row(
                    "on disk: " + part, SIZES, service -> bytes(rows(service).get(part))));
        }
        rows.add(row("**on disk, each node**", SIZES, service -> "**" + bytes(sum(rows(service))) + "**"));
        rows.add(row("of that read and written all the time: 14 days whole", SIZES, service -> bytes(hot(service))));
        rows.add(row(
                "heap for the snapshot, each instance", SIZES, service -> bytes(listed(service) * of("heap_bytes"))));
        rows.add(
                row("snapshot's file, each instance", SIZES, service -> bytes(listed(service) * of("snapshot_bytes"))));
        rows.add(row(
                "a release, of the 10 s there are",
                SIZES,
                service -> seconds(listed(service) / M * of("release_seconds"))));
        rows.add(row(
                "an instance without a snapshot reads it in",
                SIZES,
                service -> seconds(listed(service) / M * of("build_seconds"))));
        return table(rows);
    }

    private double hot(Service service) {
        return 14 * follows(service) * of("fresh_follow_bytes");
    }

    // Where one cluster ends

    private double writing(Service service) {
        return of("peak") * events(service) / of("serial_events");
    }

    private double parts(Service service) {
        return Math.max(1, Math.ceil(writing(service) / of("utilisation")));
    }

    private String cluster() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading("one cluster", SIZES, service -> written(service.accounts / M) + " M accounts"));
        rows.add(row(
                "the one writer of evidence is busy, mean and peak",
                SIZES,
                service -> percent(writing(service) / of("peak")) + " and " + percent(writing(service))));
        rows.add(row("write-sets a second, mean", SIZES, service -> bytes(events(service) * of("write_set_bytes"))));
        rows.add(row(
                "a batch's write-set, of 2 GiB a node takes", SIZES, service -> bytes(4_000 * of("write_set_bytes"))));
        rows.add(row(
                "gcache so that a node may be away for an hour",
                SIZES,
                service -> bytes(3_600 * of("peak") * events(service) * of("write_set_bytes"))));
        rows.add(row(
                "a node that comes back later copies everything in",
                SIZES,
                service -> seconds(sum(rows(service)) / of("copy_rate"))));
        rows.add(row(
                "a table rebuilt by a migration stops all writing for",
                SIZES,
                service -> seconds(rows(service).values().stream()
                                .mapToDouble(Double::doubleValue)
                                .max()
                                .orElseThrow()
                        / of("rebuild_rate"))));
        rows.add(row(
                "accounts at which the writer's peak is full",
                SIZES,
                service -> written(of("serial_events") * DAY / of("peak") / of("events"))));
        rows.add(row("parts by account hash, each at most half busy", SIZES, service -> written(parts(service))));
        return table(rows);
    }

    // Nodes and money

    private double instanceCores(Service service) {
        return of("peak")
                * (readingCores(service)
                        + eventCores(service, "event_service_us")
                        + judgingCores(service) * (1 - of("database_share")))
                / of("utilisation");
    }

    private double databaseCores(Service service) {
        return of("peak")
                * (rate(service, "lookups") / perCore("lookup_rate") * of("database_share")
                        + eventCores(service, "event_database_us")
                        + judgingCores(service) * of("database_share"))
                / of("utilisation");
    }

    /** Instances: one more than are needed, so that any may go. */
    private double instances(Service service) {
        return Math.ceil(instanceCores(service) / of("node_cores")) + 1;
    }

    /** By processors, or by what should lie in memory. */
    private double databaseNodeCores(Service service) {
        double byMemory = hot(service) / parts(service) / (of("node_gib_a_core") * 1.073e9);
        return Math.max(of("node_cores"), Math.ceil(Math.max(databaseCores(service) / parts(service), byMemory)));
    }

    private Map<String, Double> costs(Service service) {
        double databaseNodes = 3 * parts(service);
        Map<String, Double> costs = new LinkedHashMap<>();
        double month = of("core_hour") * 24 * MONTH;
        costs.put("readers' bytes", egress(service) * of("egress_tb"));
        costs.put("instances", instances(service) * of("node_cores") * month);
        costs.put("database nodes", databaseNodes * databaseNodeCores(service) * month);
        costs.put(
                "disks, and copies of them",
                (3 + of("backups")) * 1.5 * sum(rows(service)) / 1.073e9 * of("disk_gib_month"));
        return costs;
    }

    private String money() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heading("a month", SERVICES, Service::title));
        rows.add(row(
                "instances of the service",
                SERVICES,
                service -> written(instances(service)) + " of " + written(of("node_cores")) + " processors"));
        rows.add(row(
                "database nodes",
                SERVICES,
                service -> written(3 * parts(service)) + " of " + written(databaseNodeCores(service)) + " processors"));
        for (String part : costs(SERVICES.getFirst()).keySet()) {
            rows.add(row(
                    "cost: " + part, SERVICES, service -> written(costs(service).get(part))));
        }
        rows.add(row("**cost**", SERVICES, service -> "**" + written(sum(costs(service))) + "**"));
        rows.add(row("cost of 1,000 daily readers", SERVICES, service -> "%.2f"
                .formatted(sum(costs(service)) / service.readers * K)));
        return table(rows);
    }

    // Writing

    private static List<String> heading(String first, List<Service> services, Function<Service, String> title) {
        return row(first, services, title);
    }

    private static List<String> row(String name, List<Service> services, Function<Service, String> cell) {
        List<String> cells = new ArrayList<>(List.of(name));
        services.stream().map(cell).forEach(cells::add);
        return cells;
    }

    private static String table(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---".repeat(rows.getFirst().size())).append("|\n");
            }
        }
        return text.toString();
    }

    private static String percent(double share) {
        return "%s %%".formatted(written(100 * share));
    }

    private static String seconds(double seconds) {
        if (seconds < 120) {
            return written(seconds) + " s";
        }
        return seconds < 2 * 3_600 ? written(seconds / 60) + " min" : written(seconds / 3_600) + " h";
    }

    private static String bytes(double bytes) {
        if (bytes < K) {
            return written(bytes) + " B";
        }
        if (bytes < M) {
            return written(bytes / K) + " kB";
        }
        if (bytes < G) {
            return written(bytes / M) + " MB";
        }
        return bytes < T ? written(bytes / G) + " GB" : written(bytes / T) + " TB";
    }

    /** Two digits say all that such a sum knows. */
    private static String written(double number) {
        if (number == 0) {
            return "0";
        }
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(number))) - 1);
        double rounded = Math.round(number / unit) * unit;
        String digits = rounded >= 9.95 ? "%,.0f" : rounded >= .995 ? "%.1f" : "%.2f";
        String text = String.format(Locale.ROOT, digits, rounded);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    // Measuring

    /** A day's steps of a list of 200,000 entries of which one in a hundred changes, and ten times as many. */
    private static void measure() {
        for (int changes : new int[] {2_000, 20_000, 100_000}) {
            long before = held();
            List<ListDelta> steps = day(changes);
            double held = (held() - before) / M;
            double best = Double.MAX_VALUE;
            int length = 0;
            for (int run = 0; run < 40; run++) {
                long began = System.nanoTime();
                length = ListDelta.together(steps).encode().length;
                best = Math.min(best, (System.nanoTime() - began) / M);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%,d changes in %,d steps: %.1f MB in memory; put together in %.1f ms (best of 40), %,d bytes%n",
                    changes,
                    steps.size(),
                    held,
                    best,
                    length);
        }
    }

    private static long held() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<ListDelta> day(int changes) {
        Random random = new Random(1);
        int steps = 8_640;
        Set<Integer> there = new HashSet<>();
        List<ListDelta> all = new ArrayList<>();
        int told = 0;
        for (int version = 1; version <= steps; version++) {
            int now = (int) ((long) changes * version / steps) - told;
            told += now;
            TreeSet<Integer> added = new TreeSet<>(Integer::compareUnsigned);
            while (added.size() < now) {
                int entry = random.nextInt();
                if (there.add(entry)) {
                    added.add(entry);
                }
            }
            int[] entries = added.stream().mapToInt(Integer::intValue).toArray();
            all.add(ListDelta.between(version - 1L, version, new int[0], entries));
        }
        return all;
    }
}
