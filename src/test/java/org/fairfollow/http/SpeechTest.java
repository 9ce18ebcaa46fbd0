package org.fairfollow.http;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.Content;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeechTest {
    private static final String PO = """
            msgid ""
            msgstr "Language: es\\n"

            # a note for translators
            msgid "Judged {0}."
            msgstr "Juzgado el {0}."

            msgid "{0} of {1} left"
            msgstr "de {1} se fueron {0}"

            msgid "Of follows not returned, about {0} in 100 were dropped within 28 days (at least {1})."
            msgstr "De cada 100 sin respuesta se dejaron unos {0} en 28 días (al menos {1})."
            """;

    private final Catalogue catalogue = new Catalogue(List.of(PO));
    private final Speech spanish = new Speech(Language.SPANISH, true, "/practices", "lang=es&a=b");

    @Test
    void aSentenceThatWasPutTogetherElsewhereIsTakenApartAndSaid() {
        assertThat(catalogue.told(
                        "Of follows not returned, about 59 in 100 were dropped within 28 days (at least 51).",
                        Optional::of))
                .hasValue("De cada 100 sin respuesta se dejaron unos 59 en 28 días (al menos 51).");
        assertThat(catalogue.told("3 of 4 left", Optional::of)).hasValue("de 4 se fueron 3");
        assertThat(catalogue.told("Judged 3 Mar. And more", Optional::of))
                .as("it ends otherwise")
                .isEmpty();
    }

    @Test
    void datesAndNumbersAreWrittenAsTheLanguageDoes() {
        assertThat(spanish.toldPlainly("21 Nov 2026")).isEqualTo("21 nov 2026");
        assertThat(spanish.toldPlainly("1,234.5 %")).isEqualTo("1.234,5 %");
        assertThat(Speech.english().toldPlainly("1,234.5 %")).isEqualTo("1,234.5 %");
    }

    @Test
    void aValueIsNeitherASentenceNorWordsThatNobodyTranslated() {
        assertThat(spanish.toldPlainly("Judged 3 Mar 2026, 10:00 UTC. A moderator looked at it on 1,234."))
                .as("the first entry alone would fit both sentences")
                .isEqualTo("Juzgado el 3 mar 2026, 10:00 UTC. Un moderador lo miró el 1.234.");
        assertThat(spanish.isKnown("at least as much as anybody")).isFalse();
        assertThat(spanish.toldPlainly("at least .025 %")).isEqualTo("al menos 0,025 %");
        assertThat(spanish.toldPlainly("Half of these follow-backs came within 9 minutes."))
                .endsWith(" llegó en 9 minutos o menos.");
    }

    @Test
    void whatNoCatalogueKnowsIsMarkedAsEnglish() {
        assertThat(html(spanish.told("Nobody <b>wrote</b> this down.")))
                .isEqualTo("<span lang=\"en\">Nobody &lt;b&gt;wrote&lt;/b&gt; this down.</span>");
        assertThat(html(Speech.english().told("Nobody wrote this down."))).isEqualTo("Nobody wrote this down.");
    }

    @Test
    void valuesAreNeverReadAsMarks() {
        assertThat(html(Speech.english().rich("About [{0}](/accounts), *{0}* and `{0}`", "[x](/y) *z* <i>")))
                .isEqualTo("About <a href=\"/accounts\">[x](/y) *z* &lt;i&gt;</a>, <b>[x](/y) *z* &lt;i&gt;</b>"
                        + " and <code>[x](/y) *z* &lt;i&gt;</code>");
    }

    @Test
    void linksKeepALanguageThatWasChosenAndNoOther() {
        assertThat(spanish.to("/practices#follow-churn")).isEqualTo("/practices?lang=es#follow-churn");
        assertThat(spanish.to("/look-up?name=a")).isEqualTo("/look-up?name=a&lang=es");
        assertThat(new Speech(Language.SPANISH, false, "/", "").to("/practices"))
                .isEqualTo("/practices");
        assertThat(spanish.toItselfIn(Language.ENGLISH)).isEqualTo("/practices?a=b&lang=en");
        assertThat(new Speech(Language.SPANISH, false, "//evil.example/x", "").toItselfIn(Language.ENGLISH))
                .isEqualTo("/evil.example/x?lang=en");
    }

    @Test
    void theBrowsersLanguageIsFoundAndNonsenseIsEnglish() {
        assertThat(Language.of("es-MX,es;q=0.9,en;q=0.8")).isEqualTo(Language.SPANISH);
        assertThat(Language.of("de,es;q=0.1")).isEqualTo(Language.SPANISH);
        assertThat(Language.of("en-GB,es;q=0.5")).isEqualTo(Language.ENGLISH);
        assertThat(Language.of("fr")).isEqualTo(Language.ENGLISH);
        assertThat(Language.of(";;;q=")).isEqualTo(Language.ENGLISH);
        assertThat(Language.of("es,".repeat(10_000))).isEqualTo(Language.ENGLISH);
        assertThat(Language.of(null)).isEqualTo(Language.ENGLISH);
    }

    private static String html(Content content) {
        StringOutput output = new StringOutput();
        content.writeTo(output);
        return output.toString();
    }
}
