package org.fairfollow.cli.recompute;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Reads what a file, an address or standard input holds, and never more than is expected of it. */
public final class Source {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);

    private Source() {}

    /** @param name a file, {@code http://…} or {@code https://…}, or {@code -} */
    public static byte[] read(String name, int maxBytes) throws UnfitExportException {
        try {
            if (name.equals("-")) {
                return bounded(name, System.in, maxBytes);
            }
            if (name.startsWith("http://") || name.startsWith("https://")) {
                return fetch(name, maxBytes);
            }
            try (InputStream in = Files.newInputStream(Path.of(name))) {
                return bounded(name, in, maxBytes);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new UnfitExportException(Plain.text(name) + " cannot be read: " + Plain.text(reason(e)));
        }
    }

    private static String reason(Exception e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case ConnectException none -> "nobody answers there";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static byte[] fetch(String address, int maxBytes) throws IOException, UnfitExportException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(TO_ANSWER)
                .header("Accept", "application/json, application/problem+json")
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(TO_CONNECT)
                .followRedirects(Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = bounded(address, body, maxBytes);
                if (answer.statusCode() != 200) {
                    throw new UnfitExportException(Plain.text(address) + " answers " + answer.statusCode()
                            + ExportFile.problem(bytes).map(code -> " " + code).orElse(""));
                }
                return bytes;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] bounded(String name, InputStream in, int maxBytes) throws IOException, UnfitExportException {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new UnfitExportException(Plain.text(name) + " is larger than " + maxBytes + " bytes");
        }
        return bytes;
    }
}
