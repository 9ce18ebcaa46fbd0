package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairfollow.testing.Api;

/** What a scrape of the metrics told, by series as Prometheus writes them. */
record Scrape(String text, Map<String, Double> series, Map<String, String> help) {
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");

    static Scrape now() {
        String text = Api.unknownCall()
                .accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        Map<String, Double> series = new TreeMap<>();
        Map<String, String> help = new TreeMap<>();
        text.lines().forEach(line -> {
            Matcher described = HELP.matcher(line);
            if (described.matches()) {
                help.put(described.group(1), described.group(2).strip());
            } else if (!line.startsWith("#")) {
                int value = line.lastIndexOf(' ');
                series.put(line.substring(0, value).replace(",}", "}"), Double.valueOf(line.substring(value + 1)));
            }
        });
        return new Scrape(text, series, help);
    }

    double value(String name) {
        assertThat(series).containsKey(name);
        return series.get(name);
    }

    /** Calls counted of this kind; none is none. */
    double calls(String method, int status, String route) {
        return series.getOrDefault(
                "http_server_requests_seconds_count{method=\"" + method + "\",status=\"" + status + "\",uri=\"" + route
                        + "\"}",
                0.0);
    }

    long kindsOfCalls() {
        return series.keySet().stream()
                .filter(name -> name.startsWith("http_server_requests_seconds_count"))
                .count();
    }
}
