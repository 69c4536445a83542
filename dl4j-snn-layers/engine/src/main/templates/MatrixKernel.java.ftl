<#--
A block of a matrix product. write-kernels.groovy makes a class of it for every number of rows: ${name}
begins the class's name, ${rows} is that number.

Every vector of the block has a local variable of its own, c0_0, c0_1, …, so that it stays in a
register; see VectorKernel.java.ftl.
-->
<#assign vectors = 2>
<#assign all = 0..<rows>
<#assign each = 0..<vectors>
<#function at start k>
  <#return (k == 0)?then(start, start + " + LANES")>
</#function>
// Generated from src/main/templates/MatrixKernel.java.ftl; change that file, not this one.
package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import org.dl4jsnn.internal.kernel.MatrixKernel;
import org.dl4jsnn.internal.kernel.MatrixTask;

/** ${name} rows of ${vectors} vectors. */
final class ${name}RowMatrixKernel implements MatrixKernel {

  private static final int ROWS = ${rows};
  private static final int COLUMNS = ${vectors} * LANES;

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(MatrixTask task) {
    final float[] a = task.a;
    final float[] b = task.b;
    final float[] c = task.c;
    final int aStep = task.aStep;
    final int bStep = task.bStep;
<#list all as r>
    int a${r} = task.aStart + task.aRows[task.firstRow + ${r}];
</#list>
<#list all as r>
<#list each as k>
    FloatVector c${r}_${k} = FloatVector.zero(FLOATS);
</#list>
</#list>
    // One loop, since Java 17 boxes vectors that go through two.
    final int terms = task.terms;
    final int run = task.run;
    final int aTurn = task.aOuter - run * aStep;
    final int bTurn = task.bOuter - run * bStep;
    int left = 0;
    int right = task.bStart;
    int rest = run;
    for (int term = 0; term < terms; term++) {
<#list each as k>
      FloatVector b${k} = FloatVector.fromArray(FLOATS, b, ${at("right", k)});
</#list>
<#list all as r>
      FloatVector s${r} = FloatVector.broadcast(FLOATS, a[a${r} + left]);
<#list each as k>
      c${r}_${k} = s${r}.fma(b${k}, c${r}_${k});
</#list>
</#list>
      left += aStep;
      right += bStep;
      if (--rest == 0) {
        rest = run;
        left += aTurn;
        right += bTurn;
      }
    }
    int to = task.cStart;
    // A sum that began with what is there would be a vector of two origins, which Java 17 boxes.
    if (task.add) {
<#list all as r>
<#list each as k>
      c${r}_${k}.add(FloatVector.fromArray(FLOATS, c, ${at("to", k)})).intoArray(c, ${at("to", k)});
</#list>
      to += task.cRow;
</#list>
    } else {
<#list all as r>
<#list each as k>
      c${r}_${k}.intoArray(c, ${at("to", k)});
</#list>
      to += task.cRow;
</#list>
    }
  }
}
