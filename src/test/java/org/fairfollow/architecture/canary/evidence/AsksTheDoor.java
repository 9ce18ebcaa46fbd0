package org.fairfollow.architecture.canary.evidence;

import org.fairfollow.architecture.canary.intake.SomeIntake;

final class AsksTheDoor {
    final SomeIntake door = new SomeIntake();
}
