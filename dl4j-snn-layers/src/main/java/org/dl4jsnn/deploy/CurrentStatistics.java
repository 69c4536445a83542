package org.dl4jsnn.deploy;

import java.util.stream.IntStream;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkVisitor.Passage;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Mean and variance, per output channel, of a layer's mean currents over minibatches and positions,
 * in double precision.
 */
final class CurrentStatistics {

  private INDArray sum;
  private INDArray squares;
  private long count;

  /** Adds the currents of a minibatch, bias included. */
  void add(Passage passage) {
    SpikeTrain train = passage.arriving().orElseThrow();
    Synapse synapse = ((SpikingLayer) passage.part().layer()).synapse();
    try (INDArray currents = meanCurrents(synapse, train);
        INDArray exact = currents.castTo(DataType.DOUBLE)) {
      int[] others = IntStream.range(0, exact.rank()).filter(axis -> axis != 1).toArray();
      long values = exact.length() / exact.size(1);
      INDArray total = exact.sum(others);
      INDArray totalOfSquares = exact.muli(exact).sum(others);
      sum = sum == null ? total : sum.addi(total);
      squares = squares == null ? totalOfSquares : squares.addi(totalOfSquares);
      count += values;
    }
  }

  private static INDArray meanCurrents(Synapse synapse, SpikeTrain train) {
    int minibatch = train.minibatch();
    INDArray currents =
        Nd4j.createUninitialized(
            synapse.dataType(), synapse.outputShape().arrayShape(minibatch), 'c');
    try (INDArray rates =
        Nd4j.create(train.totals(), train.shape().arrayShape(minibatch), 'c')
            .castTo(synapse.dataType())
            .divi(train.steps())) {
      synapse.current(rates, 1, currents);
    }
    return currents;
  }

  INDArray mean() {
    return sum.div(count);
  }

  INDArray variance() {
    INDArray mean = mean();
    return Nd4j.math().max(squares.div(count).subi(mean.mul(mean)), Nd4j.zerosLike(mean));
  }
}
