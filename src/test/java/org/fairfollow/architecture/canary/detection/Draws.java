package org.fairfollow.architecture.canary.detection;

import java.util.concurrent.ThreadLocalRandom;

final class Draws {
    int lot() {
        return ThreadLocalRandom.current().nextInt();
    }
}
