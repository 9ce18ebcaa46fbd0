package org.fairfollow.evidence.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.text.UnfollowPatterns.UnfollowPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnfollowPatternsTest {
    private static List<String> hits(String text) {
        return PostReader.read(0, text, null, null).hits();
    }

    private static Stream<UnfollowPattern> patterns() {
        return UnfollowPatterns.all().stream();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void everyPatternMatchesItsExampleAndNotTheOther(UnfollowPattern pattern) {
        String source = pattern.bySource() ? "My " + pattern.apps().getFirst() : null;
        assertThat(PostReader.read(0, pattern.matches(), null, source).hits()).containsExactly(pattern.code());
        assertThat(PostReader.read(0, pattern.not(), null, source).hits()).isEmpty();
        assertThat(PostReader.read(0, pattern.matches(), null, source).kind()).isEqualTo(PostKind.ORIGINAL);
    }

    @Test
    void codesAreOfAKindAndFitTheirField() {
        assertThat(patterns().map(UnfollowPattern::code))
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code).matches("unfollow-(count|names)-[a-z0-9-]{1,18}"));
        assertThat(patterns().map(UnfollowPattern::code))
                .anyMatch(code -> code.startsWith("unfollow-count"))
                .anyMatch(code -> code.startsWith("unfollow-names"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "My daily stats: 3 new followers, 1 new unfollower via https://t.co/abc",
                "Today stats: one new unfollower via http://t.co/abc",
                "TODAY STATS: 12 followers, 2 unfollowers and followed 3 people via http://t.co/abc",
                "one person unfollowed me // automatically checked by http://t.co/abc",
                "dozens of people followed me and dozens of people unfollowed me // automatically checked by http://t.co/x",
                "3 users followed me and 4 users unfollowed me today checked via http://t.co/x [autotweet]",
                "6 people unfollowed me on Twitter, thanks @justunfollow for letting me know. Did I say something wrong?",
                "7 ppl unfollowed me- check yours http://t.co/x #someday",
                "I've gained 7 and lost 3 followers // stats by http://t.co/x",
                "@ana unfollowed me [ checked by http://fllwrs.com ]",
                "@ana @ben, @cleo and @dan unfollowed me [ checked by http://t.co/x ]",
                "3 people unfollowed me   //   automatically checked by unfollowers.com",
                "３ people unfollowed me // automatically checked by http://t.co/x",
                "5 pessoas deixaram de me seguir // verificado por http://t.co/x",
                "4 persone hanno smesso di seguirmi oggi // controllato da http://t.co/x"
            })
    void whatAppsPostIsAHit(String text) {
        assertThat(hits(text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who unfollowed me?",
                "3 people unfollowed me today. was it the cat pictures?",
                "10 people unfollowed me http://t.co/picture",
                "@ana unfollowed me and then followed me again lol",
                "@ana unfollowed me, thanks to @ben for telling",
                "Today stats: 3 new followers via http://t.co/x",
                "Today stats: 3 new followers and no unfollowers via http://t.co/x",
                "My daily stats: 3 new followers, 0 new unfollowers via http://t.co/x",
                "My daily stats: walked 3 km via http://t.co/x",
                "5 people followed me // automatically checked by http://t.co/x",
                "I'm using http://t.co/x to track my unfollowers",
                "I just checked who unfollowed me on twitter using http://t.co/x",
                "Try http://justunfollow.com to find non-followers",
                "haha who still posts 3 people unfollowed me // automatically checked by http://t.co/x",
                "3 people unfollowed me // automatically checked by http://t.co/x <- stop posting this, everybody",
                "you can see them at unfollowers.me",
                ""
            })
    void whatPeopleWriteIsNone(String text) {
        assertThat(hits(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RT @ana: 3 people unfollowed me // automatically checked by http://t.co/x",
                "“@ana: Today stats: 3 new unfollowers via http://t.co/x” how honest",
                "My daily stats: 3 new followers, 2 new unfollowers via http://t.co/x -- Ana Example (@ana)",
                "lol RT @ana: Today stats: 3 new unfollowers via http://t.co/x",
                "what? //@ana: Today stats: 3 new unfollowers via http://t.co/x"
            })
    void whatIsPassedOnIsNoOriginal(String text) {
        assertThat(PostReader.read(0, text, null, null).kind()).isIn(PostKind.REPOST, PostKind.QUOTE);
    }

    @Test
    void theAppMayShowInTheSourceAlone() {
        String text = "This week: 8 followers, 2 unfollowers";
        assertThat(PostReader.read(0, text, null, "JustUnfollow").hits()).containsExactly("unfollow-count-source");
        assertThat(PostReader.read(0, text, null, "Example for Phones").hits()).isEmpty();
        assertThat(PostReader.read(0, text, null, null).hits()).isEmpty();
    }
}
