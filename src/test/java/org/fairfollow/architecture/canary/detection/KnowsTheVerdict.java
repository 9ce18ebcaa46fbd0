package org.fairfollow.architecture.canary.detection;

import org.fairfollow.architecture.canary.verdict.SomeVerdict;

final class KnowsTheVerdict {
    final SomeVerdict right = new SomeVerdict();
}
