package org.fairfollow.operations;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Lets through the spans of {@link RequestSpans} only. What libraries trace of a call holds its path and the address it
 * came from, and configuration can switch them on.
 */
record DiscreetSampler(Sampler configured) implements Sampler {
    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean ours = attributes.size() == 1 && attributes.get(RequestSpans.METHOD) != null && links.isEmpty();
        return ours ? configured.shouldSample(parent, traceId, name, kind, attributes, links) : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "discreet, " + configured.getDescription();
    }
}
