package org.fairfollow.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A {@link JetstreamStub} to run by hand and in benchmarks: says what a file or a pipe holds, at a pace. */
@Command(
        name = "bench/jetstream",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Says events as Bluesky's Jetstream does, at ws://localhost:PORT/subscribe, once somebody listens. Keeps all of"
                        + " them in memory, to say them again from a cursor on (TOOL_HEAP=4g for some millions).")
public final class RecordedStream implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("\"time_us\":(\\d{1,18})");
    private static final int AT_ONCE = 1_000;
    private static final int MOST_CUTS = 100_000;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "events, one JSON a line, in the order of time, as ./run simulate makes them; - is standard input")
    private String file = "";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "6008", description = "default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--rate", paramLabel = "N", description = "N events a second; else as fast as they are taken")
    private double rate;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "N times as fast as the events' own time; 1 is as it happened")
    private double speed;

    @Option(names = "--cut-every", paramLabel = "N", description = "cuts each connection, after N events on average")
    private int cutEvery;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "of the cuts (default: ${DEFAULT-VALUE})")
    private long seed;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new RecordedStream()).execute(arguments));
    }

    /** Goes on until it is stopped: a stream has no end. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        try (JetstreamStub stub = JetstreamStub.startOn(port);
                BufferedReader in = new BufferedReader(
                        file.equals("-")
                                ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
                                : Files.newBufferedReader(Path.of(file)))) {
            stub.beginAtTheBeginning();
            if (cutEvery > 0) {
                new Random(seed).ints(MOST_CUTS, 1, 2 * cutEvery).forEach(stub::cutAfterEvents);
            }
            System.out.println("FAIRFOLLOW_JETSTREAM_URL=" + stub.url());
            while (stub.asked().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            say(in, stub);
            Thread.currentThread().join();
        }
        return 0;
    }

    private void say(BufferedReader in, JetstreamStub stub) throws IOException, InterruptedException {
        List<String> batch = new ArrayList<>();
        long began = System.nanoTime();
        long first = -1;
        long said = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            long time = speed > 0 ? micros(line) : 0;
            first = first < 0 ? time : first;
            long due = began
                    + (rate > 0 ? (long) (said * 1e9 / rate) : 0)
                    + (speed > 0 ? (long) ((time - first) * 1e3 / speed) : 0);
            long early = due - System.nanoTime();
            if (early > 0) {
                stub.say(batch);
                batch.clear();
                TimeUnit.NANOSECONDS.sleep(early);
            }
            batch.add(line);
            said++;
            if (batch.size() == AT_ONCE || !in.ready()) {
                stub.say(batch);
                batch.clear();
            }
        }
        stub.say(batch);
    }

    private static long micros(String event) {
        Matcher time = TIME.matcher(event);
        return time.find() ? Long.parseLong(time.group(1)) : 0;
    }
}
