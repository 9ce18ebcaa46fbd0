package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import org.fairfollow.http.Page.Keeping;
import org.fairfollow.http.Page.Message;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HOSTILE = "\"><script>alert(1)</script>' onload='x";

    private final Page page = new Page(false, "http://localhost", Speech::english);

    @Test
    void everyPageMayLoadNothingButItsOwnStyle() {
        Response answer = page.message(Status.NOT_FOUND, "Nothing", "Nothing here.");

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getHeaderString("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                        + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(answer.getHeaderString("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.getHeaderString("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.getMediaType().toString()).isEqualTo("text/html;charset=UTF-8");
    }

    @Test
    void pagesThatNameAnAccountAreKeptByNobody() {
        Response answer = page.message(Status.OK, "Somebody", "");

        assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.getHeaderString("X-Robots-Tag")).isEqualTo("noindex");
    }

    @Test
    void whatIsAwayIsAskedForAgain() {
        assertThat(page.message(Status.SERVICE_UNAVAILABLE, "Away", "").getHeaderString("Retry-After"))
                .isEqualTo("5");
    }

    @Test
    void namesCannotBreakOutOfAMessage() {
        Message message = new Message(HOSTILE, HOSTILE);

        assertThat(html(page.of(Status.OK, Keeping.NOBODY, "http/message.jte", message)))
                .doesNotContain("<script")
                .contains("&lt;script&gt;");
    }

    @Test
    void onlyADemoSaysThatAllIsInvented() {
        Message message = new Message("Title", "Text");

        assertThat(html(new Page(true, "http://localhost", Speech::english)
                        .of(Status.OK, Keeping.NOBODY, "http/message.jte", message)))
                .contains("every account, follow and verdict here is invented");
        assertThat(html(page.of(Status.OK, Keeping.NOBODY, "http/message.jte", message)))
                .doesNotContain("invented");
    }

    private static String html(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }
}
