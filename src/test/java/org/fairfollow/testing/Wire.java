package org.fairfollow.testing;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests byte by byte as they stand on the wire, for what no client library would send. */
public final class Wire {
    /** An answer; names of headers in any case, several lines of one name joined by commas. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private Wire() {}

    /** Everything that comes back until the service hangs up: ask it to, or send what makes it. */
    public static List<Answer> send(String request) throws IOException {
        try (Socket socket = open()) {
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException e) {
                // It hung up before all was sent; what it said stands.
            }
            return answers(socket.getInputStream());
        }
    }

    public static Socket open() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    }

    /** A GET on a connection of its own. */
    public static Answer get(String path, String... headerLines) throws IOException {
        return request("GET", path, headerLines);
    }

    public static Answer request(String method, String path, String... headerLines) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : headerLines) {
            request.append(line).append("\r\n");
        }
        List<Answer> answers = send(request + "Connection: close\r\n\r\n");
        return answers.isEmpty() ? new Answer(0, Map.of(), "") : answers.getFirst();
    }

    /** Reads until the service hangs up. */
    public static List<Answer> answers(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketException e) {
            // It hung up on somebody who was still sending.
        }
        List<Answer> answers = new ArrayList<>();
        String left = all.toString(StandardCharsets.ISO_8859_1);
        while (left.startsWith("HTTP/1.")) {
            int end = left.indexOf("\r\n\r\n");
            String[] lines = left.substring(0, end).split("\r\n", -1);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.merge(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip(),
                        (a, b) -> a + ", " + b);
            }
            left = left.substring(end + 4);
            // Where a body has no length (304, HEAD) the next answer begins at once.
            int length = left.startsWith("HTTP/1.")
                    ? 0
                    : Math.min(left.length(), Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
            answers.add(new Answer(Integer.parseInt(lines[0].substring(9, 12)), headers, left.substring(0, length)));
            left = left.substring(length);
        }
        return answers;
    }
}
