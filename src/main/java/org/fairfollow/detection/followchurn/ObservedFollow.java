package org.fairfollow.detection.followchurn;

/**
 * One follow as far as it was seen: the unit of the follow-churn estimate. Ages are seconds since the follow.
 *
 * @param at when the account followed, Unix epoch seconds UTC
 * @param age how long the follow was seen: to the drop, or to whatever ended sight of it, at most 28 days
 * @param dropped the account dropped the follow at {@code age}; else it stood, or was out of sight
 * @param returnedAge when the target followed back; {@link #NEVER} if it was not seen to
 * @param lively the target was active on two days or more in the 28 days after the follow
 * @param again the account had followed the same target before
 */
record ObservedFollow(long at, long age, boolean dropped, long returnedAge, boolean lively, boolean again) {
    static final long NEVER = Long.MAX_VALUE;
    static final long DAY = 86_400;

    /**
     * Whether the target followed back before sight of the follow ended. Once returned, always returned: leaving
     * someone who left first is no answer to silence, so a target's later unfollow does not make the follow
     * "not returned" again. What counts at an age depends on earlier ages alone, so no immortal time arises.
     */
    boolean returned() {
        return returnedAge <= age;
    }

    /** Greatest age at which the follow was seen and not yet returned; negative if it was returned at once. */
    long unreturnedAge() {
        return Math.min(age, returnedAge - 1);
    }

    /** Seen to the age of 28 days, and never returned. */
    boolean unreturnedToTheEnd() {
        return unreturnedAge() >= LifeTable.HORIZON;
    }

    /** UTC epoch day of the follow. */
    long followDay() {
        return Math.floorDiv(at, DAY);
    }

    /** The follow's newest event, the drop or else the follow itself; Unix epoch seconds. */
    long lastEventAt() {
        return dropped ? at + age : at;
    }

    /** UTC epoch day of {@link #lastEventAt}; the day of the drop if it was dropped. */
    long lastEventDay() {
        return Math.floorDiv(lastEventAt(), DAY);
    }

    /** The same follow as if sight of it had been lost in the moment of the drop. */
    ObservedFollow withoutDrop() {
        return new ObservedFollow(at, age, false, returnedAge, lively, again);
    }
}
