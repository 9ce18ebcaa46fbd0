package org.fairfollow.lookup.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.fairfollow.account.AccountName;
import org.fairfollow.account.InvalidAccountException;
import org.fairfollow.account.Network;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Practice;
import org.fairfollow.http.Speech;
import org.fairfollow.lookup.AccountLookup;
import org.fairfollow.lookup.pages.Gist.Form;
import org.fairfollow.publication.AccountJson;
import org.fairfollow.publication.VerdictJson;
import org.fairfollow.verdict.Standing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What stands for an account elsewhere: its badge, its card, and the line in both. */
class PicturesTest {
    private static final Speech ENGLISH = Speech.english();
    private static final Speech SPANISH = Speech.in("es");
    private static final String STATEMENT =
            "11 Oct – 22 Nov: followed 520 accounts that did not follow back, and dropped"
                    + " 412 of them within 14 days, 79 in 100 (at least 74). Of 90 that did, 2.";

    @Test
    void theGravestOfWhatIsListedStandsForAll() {
        Gist gist = gist(
                verdict(Practice.FOLLOW_CHURN, Standing.LIKELY, false),
                verdict(Practice.AUTO_DM, Standing.CONFIRMED, true),
                verdict(Practice.NEVER_REPLIES, Standing.NOT_FOUND, false));

        assertThat(gist.form()).isEqualTo(Form.CONFIRMED);
        assertThat(gist.words(ENGLISH))
                .isEqualTo("The same message to whoever follows: reviewed, and 1 more, disputed");
        assertThat(gist.sentences(ENGLISH)).isEqualTo(STATEMENT);
    }

    @Test
    void signsAreNoAccusation() {
        Gist gist = gist(
                verdict(Practice.FOLLOW_CHURN, Standing.SIGNS, false),
                verdict(Practice.AUTO_DM, Standing.NOT_FOUND, false));

        assertThat(gist.form()).isEqualTo(Form.TOO_LITTLE);
        assertThat(gist.words(ENGLISH)).isEqualTo("not enough evidence");
        assertThat(gist.sentences(ENGLISH)).doesNotContain("520");
    }

    @Test
    void nothingFoundSaysOfHowMuch() {
        assertThat(gist(
                                verdict(Practice.FOLLOW_CHURN, Standing.NOT_FOUND, false),
                                verdict(Practice.AUTO_DM, Standing.CLEARED, false),
                                verdict(Practice.NEVER_REPLIES, Standing.UNKNOWN, false))
                        .words(ENGLISH))
                .isEqualTo("nothing found, 2 of 3 judged");
        assertThat(gist(verdict(Practice.NEVER_REPLIES, Standing.UNKNOWN, false))
                        .words(ENGLISH))
                .isEqualTo("not enough evidence");
    }

    @Test
    void whoIsNotKnownIsToldFromWhoCannotBeAskedFor() {
        assertThat(Gist.of(answer("unknown", false)).form()).isEqualTo(Form.NOT_KNOWN);
        assertThat(Gist.of(answer("not-listed", true)).form()).isEqualTo(Form.NOT_LISTED);
    }

    static Stream<Gist> gists() {
        return Stream.concat(
                Stream.of(Form.NOTHING_FOUND, Form.TOO_LITTLE, Form.NOT_KNOWN, Form.NOT_LISTED, Form.NO_ANSWER)
                        .map(form -> new Gist(form, null, 0, 2, 7)),
                Arrays.stream(Practice.values()).flatMap(practice -> Stream.of(Standing.LIKELY, Standing.CONFIRMED)
                        .map(standing -> gist(
                                verdict(practice, standing, true),
                                verdict(Practice.AUTO_DM, Standing.LIKELY, false)))));
    }

    @ParameterizedTest
    @MethodSource("gists")
    void nothingOverlapsInABadge(Gist gist) throws Exception {
        for (Speech speech : List.of(ENGLISH, SPANISH)) {
            Element badge = xml(Badge.svg(gist, speech)).getDocumentElement();
            double end = 0;
            for (int i = 0; i < 2; i++) {
                Element text = (Element) badge.getElementsByTagName("text").item(i);
                assertThat(number(text, "x")).isGreaterThan(end);
                end = number(text, "x") + number(text, "textLength");
                assertThat(number(text, "textLength") / text.getTextContent().length())
                        .as("px a letter")
                        .isBetween(4.0, 8.0);
            }
            assertThat(number(badge, "width")).isBetween(end + 5, end + 10);
            assertThat(badge.getAttribute("aria-label"))
                    .isEqualTo(badge.getElementsByTagName("title").item(0).getTextContent())
                    .isEqualTo("Fairfollow: " + gist.words(speech));
        }
    }

    @Test
    void aBadgeIsToldByFormToo() throws Exception {
        List<String> signs = Stream.of(Form.NOTHING_FOUND, Form.TOO_LITTLE, Form.NOT_KNOWN)
                .map(form -> Badge.svg(new Gist(form, null, 0, 1, 7), ENGLISH))
                .map(svg -> svg.replaceAll("(?s).*<g fill=\"none\"[^>]*>(.*?)</g>.*", "$1"))
                .toList();

        assertThat(signs).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyFormIsSaidInSpanish(Form form) {
        boolean listed = form == Form.LIKELY || form == Form.CONFIRMED;
        VerdictJson verdict = listed ? verdict(Practice.FOLLOW_CHURN, Standing.LIKELY, true) : null;
        Gist gist = new Gist(form, verdict, listed ? 1 : 0, 2, 7);

        assertThat(gist.words(SPANISH)).isNotEqualTo(gist.words(ENGLISH));
        if (!listed) {
            assertThat(gist.sentences(SPANISH)).isNotEqualTo(gist.sentences(ENGLISH));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@growth.example",
                "@a-handle-that-goes-on-and-on-until-there-is-no-room-left-for-it-at-all-and-then-some.example",
                "",
                "\u202e\u200b<script>alert(1)</script>\u0000\ud83d\ude00\u6f22\ud800"
            })
    void aCardIsAPictureWhateverTheName(String name) throws IOException {
        Gist gist = gist(verdict(Practice.FOLLOW_CHURN, Standing.LIKELY, true));

        BufferedImage card = image(new Card.Content(gist, name, "Bluesky", "en"));

        assertThat(card.getWidth()).isEqualTo(1200);
        assertThat(card.getHeight()).isEqualTo(630);
        // Nothing runs over the margin.
        assertThat(IntStream.range(60, 570).map(y -> card.getRGB(1130, y))).containsOnly(0xffffffff);
    }

    @Test
    void ofALongStatementACardHasTheFirstSentences() throws IOException {
        VerdictJson verdict = verdict(Practice.FOLLOW_CHURN, Standing.LIKELY, false);
        String longer = STATEMENT + " " + String.join(" ", Collections.nCopies(60, "More of it."));

        BufferedImage card = image(content(verdict, STATEMENT));

        assertThat(rows(image(content(verdict, longer)), 452, 600)).isEqualTo(rows(card, 452, 600));
    }

    @Test
    void namesKeepTheirEnds() {
        assertThat(Lettering.BOLD.writable("a\u200bb\u202ec\u00adé漢")).isEqualTo("abcé");
    }

    private static Card.Content content(VerdictJson verdict, String statement) {
        return new Card.Content(
                gist(said(verdict.practice(), verdict.standing(), false, statement)),
                "@growth.example",
                "Bluesky",
                "en");
    }

    private static List<Integer> rows(BufferedImage image, int from, int to) {
        return IntStream.range(from * 1200, to * 1200)
                .map(i -> image.getRGB(i % 1200, i / 1200))
                .boxed()
                .toList();
    }

    private static BufferedImage image(Card.Content content) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Card.png(content)));
    }

    private static Document xml(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static Gist gist(VerdictJson... verdicts) {
        return Gist.of(answer("assessed", false, verdicts));
    }

    private static AccountLookup.Answer answer(String status, boolean stale, VerdictJson... verdicts) {
        return new AccountLookup.Answer(
                AccountJson.of(name()),
                status,
                Instant.EPOCH,
                stale,
                List.of(verdicts),
                null,
                new AccountLookup.Links("https://host.example/accounts/bluesky/growth.example", ""));
    }

    private static AccountName name() {
        try {
            return Network.BLUESKY.parse("growth.example");
        } catch (InvalidAccountException e) {
            throw new AssertionError(e);
        }
    }

    private static VerdictJson verdict(Practice practice, Standing standing, boolean disputed) {
        return said(practice, standing, disputed, STATEMENT);
    }

    private static VerdictJson said(Practice practice, Standing standing, boolean disputed, String statement) {
        Finding.@Nullable Spark spark = practice != Practice.FOLLOW_CHURN
                ? null
                : new Finding.Spark(
                        LocalDate.of(2026, 10, 25),
                        IntStream.range(0, 28)
                                .map(day -> 10 + day * 7 % 23)
                                .boxed()
                                .toList(),
                        IntStream.range(0, 28)
                                .map(day -> day < 6 ? 0 : day * 5 % 17)
                                .boxed()
                                .toList());
        return new VerdictJson(
                practice,
                standing,
                null,
                disputed,
                statement,
                List.of(),
                List.of(),
                spark,
                List.of(),
                List.of(),
                new Finding.Sources(1, 0),
                "follow-churn/1",
                Instant.parse("2026-11-22T10:00:00Z"),
                Instant.parse("2027-02-20T10:00:00Z"),
                null,
                null);
    }
}
