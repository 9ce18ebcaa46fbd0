package org.fairfollow.network.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.fairfollow.testing.Fuzz;
import org.junit.jupiter.api.Test;

/** Whatever a host calls its robots.txt is rules, or none. */
class RobotsTest {
    private static final String LIST = "https://host.invalid/api/v1/accounts/7/followers?limit=80";
    private static final String RULES = """
            User-agent: *
            Crawl-delay: 1
            Disallow: /api/v1/accounts/*/followers$
            Sitemap: https://social.example/sitemap.xml

            User-agent: fairfollow
            Allow: /api/
            Disallow: /
            """;

    @Test
    void whatLiesNearGoodRulesIsRulesOrNone() {
        Fuzz.around(RULES.getBytes(StandardCharsets.UTF_8), RobotsTest::read);
    }

    @FuzzTest
    void anyBytes(byte[] robots) {
        read(robots);
    }

    @Test
    void rulesThatNameUsGoBeforeThoseForAll() {
        assertThat(allows(RULES)).isTrue();
        assertThat(allows("User-agent: *\nDisallow:\n\nUser-agent: FairFollow/2\nDisallow: /api"))
                .isFalse();
        assertThat(allows("User-agent: unfairfollow\nDisallow: /")).isTrue();
        assertThat(allows("<html>Welcome</html>")).isTrue();
    }

    private static boolean allows(String robots) {
        return Robots.parse(robots.getBytes(StandardCharsets.UTF_8)).isAllowed(LIST);
    }

    private static void read(byte[] robots) {
        Robots.parse(robots).isAllowed(LIST);
    }
}
