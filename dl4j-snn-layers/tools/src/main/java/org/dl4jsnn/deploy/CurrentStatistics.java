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
 * Mean and variance, per output channel, of a layer's mean currents over minibatches and positions.
 * Sums are in double precision.
 */
final class CurrentStatistics {

  private INDArray sum;
  private INDArray squares;
  private long count;

  /** Adds the currents of a minibatch, bias included. */
  void add(Passage passage) {
    SpikingLayer layer = (SpikingLayer) passage.part().layer();
    DataType type = layer.getParam(Synapse.WEIGHT).dataType();
    try (INDArray currents = meanCurrents(layer.synapse(), type, passage.arriving().orElseThrow());
        INDArray exact = currents.castTo(DataType.DOUBLE).dup('c')) {
      int[] others = IntStream.range(0, exact.rank()).filter(axis -> axis != 1).toArray();
      count += exact.length() / exact.size(1);
      sum = add(sum, exact.sum(others));
      squares = add(squares, exact.muli(exact).sum(others));
    }
  }

  private static INDArray add(INDArray before, INDArray more) {
    if (before == null) {
      return more;
    }
    before.addi(more);
    more.close();
    return before;
  }

  private static INDArray meanCurrents(Synapse synapse, DataType type, SpikeTrain train) {
    int minibatch = train.minibatch();
    INDArray currents =
        Nd4j.createUninitialized(type, synapse.outputShape().arrayShape(minibatch), 'c');
    try (INDArray totals = Nd4j.create(train.totals(), train.shape().arrayShape(minibatch), 'c');
        INDArray rates = totals.castTo(type).div(train.steps())) {
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
