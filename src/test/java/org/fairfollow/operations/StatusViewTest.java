package org.fairfollow.operations;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fairfollow.evidence.Span;
import org.fairfollow.http.Page;
import org.fairfollow.http.Page.Keeping;
import org.fairfollow.http.Speech;
import org.fairfollow.operations.StatusView.Gap;
import org.fairfollow.operations.StatusView.PublishedRelease;
import org.fairfollow.operations.StatusView.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusViewTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Page PAGE = new Page(false, "http://localhost", Speech::english);

    @Test
    void daysSayWhatOfThemWasWatched() {
        List<Span> watched = List.of(
                span("2026-11-20T12:00:00Z", "2026-11-21T18:00:00Z"),
                span("2026-11-22T00:00:00Z", "2026-11-23T12:00:00Z"));

        Stream stream = StatusView.stream(Duration.ofSeconds(4), watched, NOW);

        assertThat(stream.days()).hasSize(30);
        assertThat(stream.days().getFirst().date()).isEqualTo("25 Oct 2026");
        assertThat(stream.days().getFirst().before()).isTrue();
        // Before the first event nobody watched: what followed of that day was watched whole.
        assertThat(stream.days().subList(26, 30))
                .extracting(StatusView.Day::percent)
                .containsExactly(100, 75, 100, 100);
        assertThat(stream.gaps()).containsExactly(new Gap("21 Nov 2026, 18:00 UTC", "22 Nov 2026, 00:00 UTC", "6 h"));
        assertThat(stream.late()).isFalse();
    }

    @Test
    void aStreamThatStoppedIsLostSince() {
        Stream stream = StatusView.stream(
                Duration.ofHours(24), List.of(span("2026-11-20T00:00:00Z", "2026-11-22T12:00:00Z")), NOW);

        assertThat(stream.days().subList(28, 30))
                .extracting(StatusView.Day::percent)
                .containsExactly(50, 0);
        assertThat(stream.late()).isTrue();
        assertThat(stream.lag()).isEqualTo("1 d");
    }

    @Test
    void theNewestOfManyGapsAreTold() {
        List<Span> watched = new ArrayList<>();
        for (long at = NOW.getEpochSecond() - 20 * 86_400; at < NOW.getEpochSecond(); at += 86_400) {
            watched.add(new Span(at, at + 80_000));
        }

        Stream stream = StatusView.stream(null, watched, NOW);

        assertThat(stream.gaps()).hasSize(10);
        assertThat(stream.gaps().getFirst().to()).isEqualTo("22 Nov 2026, 12:00 UTC");
        assertThat(stream.more()).isEqualTo(9);
    }

    @Test
    void lengthsAreRoundedDown() {
        assertThat(List.of(-5, 59, 61, 3_600, 3 * 3_600 + 300, 86_400, 86_400 + 7_200))
                .extracting(seconds -> StatusView.length(Duration.ofSeconds(seconds)))
                .containsExactly("0 s", "59 s", "1 min", "1 h", "3 h 5 min", "1 d", "1 d 2 h");
    }

    @Test
    void aQueueIsToldOnceItIsOne() {
        assertThat(StatusView.judging(Duration.ofSeconds(30)).behind()).isNull();
        assertThat(StatusView.judging(Duration.ofMinutes(7)).behind()).isEqualTo("7 min");
    }

    @Test
    void thePageSaysWhatIsAmiss() {
        Stream stream = StatusView.stream(null, List.of(), NOW);

        assertThat(html(view(false, null, stream))).contains("Everything works").doesNotContain("<svg class=\"chart");
        assertThat(html(view(true, "3 min", null)))
                .contains("Some of it is behind", "May be out of date", "Away for 3 min")
                .doesNotContain("Everything works");
        assertThat(html(new StatusView("now", null, false, false, null, null, null)))
                .contains("Nothing is published yet");
        assertThat(html(new StatusView("now", new PublishedRelease(1, "", ""), false, true, null, null, null)))
                .contains("One waits for an operator");
    }

    private static StatusView view(boolean stale, @Nullable String away, @Nullable Stream stream) {
        return new StatusView("now", new PublishedRelease(7, "then", "4 s"), stale, false, away, null, stream);
    }

    private static String html(StatusView view) {
        Response answer = PAGE.of(Status.OK, Keeping.ANYBODY, "operations/status.jte", view);
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }

    private static Span span(String from, String to) {
        return new Span(Instant.parse(from).getEpochSecond(), Instant.parse(to).getEpochSecond());
    }
}
