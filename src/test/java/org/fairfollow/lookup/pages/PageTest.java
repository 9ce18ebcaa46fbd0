package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairfollow.lookup.pages.Page.Keeping;
import org.fairfollow.lookup.pages.Page.Message;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HOSTILE = "\"><script>alert(1)</script>' onload='x";

    private final Page page = new Page(false);

    @Test
    void everyPageMayLoadNothingButItsOwnStyle() {
        Response answer = page.message(Status.NOT_FOUND, "Nothing", "Nothing here.");

        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat(answer.getHeaderString("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
                        + " frame-ancestors 'none'; base-uri 'none'");
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
        Message message = new Message(HOSTILE, HOSTILE, List.of(new Message.Choice(HOSTILE, "javascript:alert(1)")));

        assertThat(html(page.of(Status.OK, Keeping.NOBODY, "message.jte", message)))
                .doesNotContain("<script", "javascript:")
                .contains("&lt;script&gt;");
    }

    @Test
    void namesCannotBreakOutOfAnAccountPage() {
        AccountView view = new AccountView(
                HOSTILE,
                true,
                "Mastodon",
                HOSTILE,
                "https://host.example/" + HOSTILE,
                "/v1/accounts/mastodon/" + HOSTILE,
                false,
                false,
                List.of(),
                List.of(HOSTILE));

        assertThat(html(page.of(Status.OK, Keeping.NOBODY, "account.jte", view)))
                .doesNotContain("<script", "example/\"", "mastodon/\"")
                .contains("<bdi>@\"&gt;&lt;script&gt;", "href=\"/v1/accounts/mastodon/&#34;");
    }

    @Test
    void onlyADemoSaysThatAllIsInvented() {
        Message message = new Message("Title", "Text", List.of());

        assertThat(html(new Page(true).of(Status.OK, Keeping.NOBODY, "message.jte", message)))
                .contains("every account, follow and verdict here is invented");
        assertThat(html(page.of(Status.OK, Keeping.NOBODY, "message.jte", message)))
                .doesNotContain("invented");
    }

    private static String html(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }
}
