package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairfollow.http.Page;
import org.fairfollow.http.Page.Keeping;
import org.fairfollow.http.Speech;
import org.junit.jupiter.api.Test;

class AccountPageTest {
    private static final String HOSTILE = "\"><script>alert(1)</script>' onload='x";

    private final Page page = new Page(false, "http://localhost", Speech::english);

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
                List.of(HOSTILE),
                HOSTILE,
                true,
                new Sharing(Gist.NO_ANSWER, "https://host.example/accounts/" + HOSTILE));

        assertThat(html(page.of(Status.OK, Keeping.NOBODY, "lookup/pages/account.jte", view)))
                .doesNotContain("<script", "example/\"", "mastodon/\"")
                .contains(
                        "<bdi>@\"&gt;&lt;script&gt;",
                        "href=\"/v1/accounts/mastodon/&#34;",
                        "action=\"/accounts/mastodon/&#34;");
    }

    private static String html(Response answer) {
        return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
    }
}
