package org.fairfollow.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Practice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {
    private static Finding finding(Practice practice, Opinion opinion, Sources sources) {
        return new Finding(
                practice,
                practice.id() + "/1",
                opinion,
                true,
                "What was observed.",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                sources,
                List.of(),
                1,
                9);
    }

    @ParameterizedTest
    @EnumSource(Practice.class)
    void whatPeopleTellAlonePublishesOnlyWhatNobodyElseCanSee(Practice practice) {
        Standing told = Policy.standing(finding(practice, Opinion.PRESENT, new Sources(0, 400)));
        assertThat(told.isListed()).isEqualTo(practice == Practice.AUTO_DM);
        assertThat(Policy.standing(finding(practice, Opinion.PRESENT, new Sources(1, 0))))
                .isEqualTo(Standing.LIKELY);
    }

    @Test
    void nothingIsConfirmedByARule() {
        for (Opinion opinion : Opinion.values()) {
            assertThat(Policy.standing(finding(Practice.FOLLOW_CHURN, opinion, new Sources(1, 0))))
                    .isNotEqualTo(Standing.CONFIRMED);
        }
    }
}
