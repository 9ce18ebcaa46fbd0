package org.fairfollow.detection.followers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.fairfollow.evidence.Counters;
import org.jspecify.annotations.Nullable;

/**
 * The parameters by which an account's own numbers tell how likely it is fake: two opinions, of which the graver counts.
 * What accounts follow per follower has the same unit on every network. What they follow per post has not (a photograph
 * is dearer than a line of text), so many posts never excuse what the first opinion sees; few may add to it.
 *
 * @param attribution where the parameters come from, as their licence asks
 * @param licence of the parameters
 * @param trainedOn SHA-256 of the file it was fitted to, in hex
 * @param seed that drew the folds of the cross-validation
 * @param byFollows the opinion from followers and following alone
 * @param byFollowsAndPosts the opinion when posts are known too
 * @param calibration from the graver opinion to a probability
 * @param threshold the fakeness from which on an account is called fake
 * @param validation how often that is right, cross-validated
 */
public record AuthenticityModel(
        String attribution,
        String licence,
        String trainedOn,
        long seed,
        ByFollows byFollows,
        ByFollowsAndPosts byFollowsAndPosts,
        Calibration calibration,
        double threshold,
        Validation validation) {

    private static final String FILE = "authenticity.json";

    /** Log odds; no weight is negative, so no account looks likelier fake for having more followers or posts. */
    public record ByFollows(double intercept, double followingPerFollower) {}

    /** Log odds; see {@link ByFollows}. */
    public record ByFollowsAndPosts(double intercept, double followingPerFollower, double followingPerPost) {}

    /** Platt's scaling of log odds. */
    public record Calibration(double intercept, double slope) {}

    /**
     * How many accounts of either kind were told right at the threshold by a model that had not seen them; means over the
     * repetitions, rounded.
     */
    public record Validation(int fakes, int fakesFound, int genuine, int genuineKept) {
        public double sensitivity() {
            return (double) fakesFound / fakes;
        }

        public double specificity() {
            return (double) genuineKept / genuine;
        }
    }

    /** The parameters that ship. */
    static AuthenticityModel shipped() {
        try (InputStream file = AuthenticityModel.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the build; ./run train writes it");
            }
            return new ObjectMapper().readValue(file, AuthenticityModel.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logarithm of what is followed per follower; one is added to each, so that none is no exception. */
    public static double followingPerFollower(long followers, long following) {
        return logRatio(following, followers);
    }

    /** Logarithm of what is followed per post; see {@link #followingPerFollower}. */
    public static double followingPerPost(long following, long posts) {
        return logRatio(following, posts);
    }

    // StrictMath here and below: alike on every processor, to the last bit.
    private static double logRatio(long above, long below) {
        return StrictMath.log(above + 1.0) - StrictMath.log(below + 1.0);
    }

    /** Whether there are the numbers to judge by; negative ones are none. */
    static boolean canJudge(Counters counters) {
        return isCount(counters.followers()) && isCount(counters.following());
    }

    private static boolean isCount(@Nullable Long count) {
        return count != null && count >= 0;
    }

    /** The probability that the account is fake, were it one of those that the parameters were fitted to. */
    public double fakeness(Counters counters) {
        return 1 / (1 + StrictMath.exp(-(calibration.intercept + calibration.slope * opinion(counters))));
    }

    /** The graver opinion, as log odds; needs followers and following. */
    public double opinion(Counters counters) {
        Long followers = counters.followers();
        Long following = counters.following();
        Long posts = counters.posts();
        if (followers == null || following == null) {
            throw new IllegalArgumentException("neither followers nor following may be unknown");
        }
        double perFollower = followingPerFollower(followers, following);
        double opinion = byFollows.intercept + byFollows.followingPerFollower * perFollower;
        if (posts == null || posts < 0) {
            return opinion;
        }
        return Math.max(
                opinion,
                byFollowsAndPosts.intercept
                        + byFollowsAndPosts.followingPerFollower * perFollower
                        + byFollowsAndPosts.followingPerPost * followingPerPost(following, posts));
    }
}
