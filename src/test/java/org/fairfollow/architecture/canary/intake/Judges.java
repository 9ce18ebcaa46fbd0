package org.fairfollow.architecture.canary.intake;

import org.fairfollow.architecture.canary.verdict.SomeVerdict;

final class Judges {
    final SomeVerdict verdict = new SomeVerdict();
}
