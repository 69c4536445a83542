package org.dl4jsnn.internal.simulate;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

class DenseLawOfPiecesTest extends LawOfPiecesContract {

  @Override
  List<Engine> engines() {
    return List.of(
        new Engine("dense", new DenseEngine(DataType.FLOAT), DataType.FLOAT),
        new Engine("dense, double", new DenseEngine(DataType.DOUBLE), DataType.DOUBLE),
        new Engine("constant", new ConstantCurrentEngine(), DataType.FLOAT));
  }
}
