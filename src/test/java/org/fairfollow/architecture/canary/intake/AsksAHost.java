package org.fairfollow.architecture.canary.intake;

import java.net.http.HttpClient;

final class AsksAHost {
    final HttpClient client = HttpClient.newHttpClient();
}
