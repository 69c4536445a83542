package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.layer.LeakyReadOutLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The answers of a read-out that follows a {@code LeakyReadOut}: what it makes of the membranes
 * after each step. {@code spikes} is the place of the part whose spikes the integrators read.
 */
record MembranesOverTime(NetworkPart readOut, LeakyReadOutLayer integrators, int spikes) {

  /**
   * The end of a network, if it is of this kind; refuses one whose membranes keep their time axis
   * for a read-out that does not answer at every step.
   */
  static Optional<MembranesOverTime> of(NetworkWalk walk) {
    NetworkPart readOut = walk.readOut();
    int below = readOut.inputs().get(0);
    if (readOut.inputs().size() != 1
        || below < 0
        || !(walk.parts().get(below).layer() instanceof LeakyReadOutLayer integrators)) {
      return Optional.empty();
    }
    boolean isCourse = integrators.reads() == MembraneReadOut.COURSE;
    boolean answersSteps =
        readOut.configuration() instanceof RnnOutputLayer
            || readOut.configuration() instanceof RnnLossLayer;
    if (isCourse && !answersSteps) {
      throw new IllegalArgumentException(
          "the read-out after a LeakyReadOut that reads COURSE must answer at every step, as"
              + " RnnOutputLayer and RnnLossLayer do, got "
              + readOut);
    }
    int spikes = walk.parts().get(below).inputs().get(0);
    return Optional.of(new MembranesOverTime(readOut, integrators, spikes));
  }

  /** The answers after every step of a piece, each [minibatch, nOut]; integrators before it. */
  List<INDArray> answers(IntegratorState start, SpikeTrain train, DataType type) {
    return answers(readings(start, train), train.minibatch(), type);
  }

  /** What is read after every step of a piece, [step][minibatch · neurons]. */
  double[][] readings(IntegratorState start, SpikeTrain train) {
    int neurons = integrators.synapse(train.shape()).outputShape().neurons();
    double[][] readings = new double[train.steps()][train.minibatch() * neurons];
    integrators.follow(
        start,
        train,
        (sample, step, current, membrane, reading) ->
            System.arraycopy(reading, 0, readings[step], sample * neurons, neurons));
    return readings;
  }

  /** The answers of readings. */
  List<INDArray> answers(double[][] readings, int minibatch, DataType type) {
    int neurons = readings[0].length / minibatch;
    List<INDArray> answers = new ArrayList<>();
    if (integrators.reads() != MembraneReadOut.COURSE) {
      for (double[] reading : readings) {
        INDArray membranes = Nd4j.createFromArray(reading).castTo(type);
        answers.add(readOut.infer(membranes.reshape('c', minibatch, neurons)).dup());
      }
      return answers;
    }
    INDArray course =
        Nd4j.createFromArray(readings)
            .castTo(type)
            .reshape('c', readings.length, minibatch, neurons)
            .permute(1, 2, 0)
            .dup('c');
    INDArray answered = readOut.infer(course);
    for (int step = 0; step < readings.length; step++) {
      answers.add(
          answered.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(step)).dup('c'));
    }
    return answers;
  }
}
