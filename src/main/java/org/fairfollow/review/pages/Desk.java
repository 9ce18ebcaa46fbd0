package org.fairfollow.review.pages;

/**
 * What every page of somebody who signed in needs: who it is, what its forms carry, and what the way to the other pages shows ({@code
 * desk.jte} is their frame).
 *
 * @param formToken goes into each form, as {@link org.fairfollow.reporter.SessionToken#FORM_FIELD}
 * @param mayRule whether it is a moderator, or more
 * @param proofs how many proofs wait for somebody to look for their code; 0 for those who may not
 */
public record Desk(String name, String role, String formToken, boolean mayRule, int proofs) {}
