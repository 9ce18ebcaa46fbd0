package org.fairfollow.architecture.canary.network;

import org.fairfollow.architecture.canary.evidence.SomeEvidence;

final class KnowsEvidence {
    final SomeEvidence evidence = new SomeEvidence();
}
