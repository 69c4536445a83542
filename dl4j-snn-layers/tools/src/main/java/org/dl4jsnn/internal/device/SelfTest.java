package org.dl4jsnn.internal.device;

import java.util.List;

/**
 * A sample and what a network must answer.
 *
 * @param features of a network with constant currents, as whole numbers in the order of the loops;
 *     null for others
 * @param events of every step, in the order of the loops, as often as there are spikes
 * @param spikes of all neurons and steps of each place, the input first; −1 for one without
 * @param counts spikes of every neuron of what the read-out reads; null if scores are not compared
 */
public record SelfTest(int[] features, List<int[]> events, long[] spikes, long[] counts) {

  int mostEvents() {
    return events.stream().mapToInt(step -> step.length).max().orElse(0);
  }
}
