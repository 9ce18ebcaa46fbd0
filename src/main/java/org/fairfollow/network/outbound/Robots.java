package org.fairfollow.network.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.fairfollow.network.Refusal;
import org.fairfollow.network.outbound.Answer.Forbidden;
import org.fairfollow.network.outbound.Answer.Heard;
import org.fairfollow.network.outbound.Answer.Silent;
import org.fairfollow.network.outbound.Answer.Unfit;
import org.fairfollow.network.outbound.Outbound.Keeping;
import org.fairfollow.network.outbound.Outbound.Redirects;

/** What hosts ask of robots in {@code /robots.txt}, by RFC 9309. */
public final class Robots {
    /** Our product token, and how we call ourselves. */
    static final String NAME = "Fairfollow";

    private static final Duration FOR = Duration.ofDays(1);
    private static final int MOST_HOSTS = 1_000;
    /** RFC 9309, 2.5: at least so many bytes are looked at. */
    private static final int MAX_BYTES = 500 << 10;
    /** It would be a sentence in the log; and the rules hold for a host whatever it is called. */
    private static final String NAMELESS = "https://host.invalid";
    /** As often as a host is called anyway; whoever wants more time between calls does not want to be measured. */
    private static final Duration OUR_DELAY = Duration.ofSeconds(1);

    private static final SimpleRobotRules ALL = new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);

    private final Outbound outbound;
    private final Cache<String, BaseRobotRules> byHost;

    public Robots(Outbound outbound, Ticker ticker) {
        this.outbound = outbound;
        byHost = Caffeine.newBuilder()
                .maximumSize(MOST_HOSTS)
                .expireAfterWrite(FOR)
                .ticker(ticker)
                .build();
    }

    /** Returns if the address may be asked; what hosts answer to people who wait is not asked here. */
    public void allow(URI address, long until) throws UnansweredException {
        BaseRobotRules rules = byHost.getIfPresent(address.getHost());
        if (rules == null) {
            rules = fetch(address.getHost(), until);
            byHost.put(address.getHost(), rules);
        }
        String path = address.getRawQuery() == null
                ? address.getRawPath()
                : address.getRawPath() + "?" + address.getRawQuery();
        if (!rules.isAllowed(NAMELESS + path) || rules.getCrawlDelay() > OUR_DELAY.toMillis()) {
            throw UnansweredException.refused(Refusal.NOT_PUBLIC);
        }
    }

    private BaseRobotRules fetch(String host, long until) throws UnansweredException {
        Answer answer = outbound.ask(
                URI.create("https://" + host + "/robots.txt"),
                "text/plain",
                Redirects.ANY_HOST,
                Keeping.NOTHING,
                until);
        return switch (answer) {
            case Heard heard when heard.status() == Heard.OK -> parse(heard.body());
            // There is none; more redirects than are followed, or one to nowhere, mean the same.
            case Heard heard when heard.status() < 500 -> ALL;
            case Heard heard -> throw UnansweredException.unreachable(Pauses.SOON);
            case Forbidden forbidden -> throw UnansweredException.refused(Refusal.FORBIDDEN_ADDRESS);
            case Unfit unfit -> throw UnansweredException.refused(Refusal.UNREADABLE_ANSWER);
            case Silent silent -> throw UnansweredException.unreachable(silent.retryAfter());
        };
    }

    static BaseRobotRules parse(byte[] robots) {
        byte[] start = robots.length <= MAX_BYTES ? robots : Arrays.copyOf(robots, MAX_BYTES);
        return new SimpleRobotRulesParser(Long.MAX_VALUE, 0)
                .parseContent(NAMELESS + "/robots.txt", start, "text/plain", List.of(NAME.toLowerCase(Locale.ROOT)));
    }
}
