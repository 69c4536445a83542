package org.dl4jsnn.examples.live;

import java.util.List;
import java.util.Map;
import org.dl4jsnn.event.EventTable;

/**
 * What a network says about a window of slices so far.
 *
 * @param window number of the window, from 0
 * @param events of the latest slice
 * @param slices numbers of the slices of the window that were seen, from 1
 * @param outputs of every class, after each of them
 * @param rates of every layer, in spikes per neuron and step, in each of them
 */
record LiveAnswer(
    long window,
    EventTable events,
    List<Integer> slices,
    List<double[]> outputs,
    Map<String, List<Double>> rates) {

  /** The class with the largest output now. */
  int answer() {
    double[] now = outputs.get(outputs.size() - 1);
    int largest = 0;
    for (int i = 1; i < now.length; i++) {
      largest = now[i] > now[largest] ? i : largest;
    }
    return largest;
  }

  /** Its output. */
  double output() {
    return outputs.get(outputs.size() - 1)[answer()];
  }
}
