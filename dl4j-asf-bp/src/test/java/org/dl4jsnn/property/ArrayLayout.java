package org.dl4jsnn.property;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** How the same values can lie in memory. */
enum ArrayLayout {
  ORDER_C {
    @Override
    INDArray of(INDArray values) {
      return values.dup('c');
    }
  },
  ORDER_F {
    @Override
    INDArray of(INDArray values) {
      return values.dup('f');
    }
  },
  /** The last two axes swapped in memory. */
  TRANSPOSED {
    @Override
    INDArray of(INDArray values) {
      int[] axes = new int[values.rank()];
      Arrays.setAll(axes, axis -> axis);
      int last = axes.length - 1;
      axes[last] = last - 1;
      axes[last - 1] = last;
      return values.permute(axes).dup('c').permute(axes);
    }
  },
  /** Every other value of the last axis of a larger array. */
  EVERY_OTHER {
    @Override
    INDArray of(INDArray values) {
      int last = values.rank() - 1;
      return into(values, last, NDArrayIndex.interval(0, 2, 2 * values.size(last)), 2);
    }
  },
  /** Some rows in the middle of a larger array. */
  OFFSET {
    @Override
    INDArray of(INDArray values) {
      long rows = values.size(0);
      return into(values, 0, NDArrayIndex.interval(rows, 2 * rows), 3);
    }
  };

  /** The values, laid out in that way. */
  abstract INDArray of(INDArray values);

  private static INDArray into(INDArray values, int axis, INDArrayIndex index, int times) {
    long[] larger = values.shape().clone();
    larger[axis] *= times;
    INDArrayIndex[] indices = new INDArrayIndex[larger.length];
    Arrays.fill(indices, NDArrayIndex.all());
    indices[axis] = index;
    // Not zero between the values, so that code reading there is detected.
    INDArray view = Nd4j.valueArrayOf(larger, 7, values.dataType()).get(indices);
    return view.reshape(values.shape()).assign(values);
  }
}
