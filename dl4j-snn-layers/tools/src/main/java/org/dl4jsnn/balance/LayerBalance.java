package org.dl4jsnn.balance;

/**
 * The change that a balance made to a layer.
 *
 * @param layer the layer's name
 * @param before its mean firing rate before its change, on the output of the balanced layers below
 * @param after its mean firing rate after it
 * @param factor the factor applied to its threshold or weights; 1 if no change was needed
 */
public record LayerBalance(String layer, double before, double after, double factor) {}
