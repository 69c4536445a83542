<#--
The transforms of Winograd's convolutions of tiles of 6 × 6, each a small matrix applied to rows and
then to columns. The matrices are written out as additions and fused multiply-adds.
write-kernels.groovy makes a class of it for every size of output tiles: ${name} begins the class's
name, ${pixels} is that size.
-->
<#function unit size place>
  <#local row = []>
  <#list 0..<size as k><#local row = row + [(k == place)?then(1, 0)]></#list>
  <#return row>
</#function>
<#function powers size base>
  <#local row = []>
  <#local power = 1>
  <#list 0..<size as k><#local row = row + [power]><#local power = power * base></#list>
  <#return row>
</#function>
<#function transposed matrix>
  <#local rows = []>
  <#list 0..<matrix[0]?size as k>
    <#local row = []>
    <#list matrix as old><#local row = row + [old[k]]></#list>
    <#local rows = rows + [row]>
  </#list>
  <#return rows>
</#function>
<#-- A polynomial at the points 0, 1, −1, 2, −2 and infinity. -->
<#assign values = [unit(pixels, 0)]>
<#list [1, -1, 2, -2] as base><#assign values = values + [powers(pixels, base)]></#list>
<#assign values = values + [unit(pixels, pixels - 1)]>
<#assign transforms = {
  "input": {
    "matrix": [
      [4, 0, -5, 0, 1, 0],
      [0, -4, -4, 1, 1, 0],
      [0, 4, -4, -1, 1, 0],
      [0, -2, -1, 2, 1, 0],
      [0, 2, -1, -2, 1, 0],
      [0, 4, 0, -5, 0, 1]],
    "pixelsIn": true},
  "gradient": {
    "matrix": values,
    "pixelsIn": true},
  "output": {
    "matrix": transposed(values),
    "pixelsIn": false}
}>
<#-- A row of a matrix times the vectors x0, x1, …; terms of factor 1 come first. -->
<#function product row>
  <#local sum = "">
  <#list row as factor><#if factor == 1>
    <#local sum = (sum == "")?then("x${factor?index}", sum + ".add(x${factor?index})")>
  </#if></#list>
  <#list row as factor><#if factor == -1>
    <#local sum = sum + ".sub(x${factor?index})">
  </#if></#list>
  <#list row as factor><#if factor != 0 && factor != 1 && factor != -1>
    <#local sum = "x${factor?index}.fma(FloatVector.broadcast(FLOATS, ${factor}f), " + sum + ")">
  </#if></#list>
  <#return sum>
</#function>
// Generated from src/main/templates/Winograd.java.ftl; change that file, not this one.
package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import org.dl4jsnn.internal.kernel.WinogradKernel;

/** Output tiles of ${pixels} × ${pixels} pixels, a vector of channels at a time. */
final class ${name}PixelWinogradKernel implements WinogradKernel {

  @Override
  public int output() {
    return ${pixels};
  }

  @Override
  public int scratch() {
    return POINTS * LANES;
  }
<#list transforms as name, transform>
<#assign matrix = transform.matrix>
<#assign rows = 0..<matrix?size>
<#assign columns = 0..<matrix[0]?size>

  @Override
  public void ${name}(
<#if transform.pixelsIn>
      float[] pixels,
      int from,
      int row,
      int column,
      int channels,
      float[] scratch,
      float[] points,
      int to,
      int point) {
    final int rowIn = row;
    final int columnIn = column;
    final int rowOut = INPUT * point;
    final int columnOut = point;
    final float[] in = pixels;
    final float[] out = points;
<#else>
      float[] points,
      int from,
      int point,
      int channels,
      float[] scratch,
      float[] pixels,
      int to,
      int row,
      int column) {
    final int rowIn = INPUT * point;
    final int columnIn = point;
    final int rowOut = row;
    final int columnOut = column;
    final float[] in = points;
    final float[] out = pixels;
</#if>
    final float[] half = scratch;
    for (int c = 0; c < channels; c += LANES) {
      for (int j = 0; j < ${matrix[0]?size}; j++) {
        int at = from + c + j * columnIn;
<#list columns as k>
        FloatVector x${k} = FloatVector.fromArray(FLOATS, in, at + ${k} * rowIn);
</#list>
<#list rows as r>
        ${product(matrix[r])}
            .intoArray(half, (${r} * ${matrix[0]?size} + j) * LANES);
</#list>
      }
      for (int i = 0; i < ${matrix?size}; i++) {
        int at = i * ${matrix[0]?size} * LANES;
        int target = to + c + i * rowOut;
<#list columns as k>
        FloatVector x${k} = FloatVector.fromArray(FLOATS, half, at + ${k} * LANES);
</#list>
<#list rows as r>
        ${product(matrix[r])}
            .intoArray(out, target + ${r} * columnOut);
</#list>
      }
    }
  }
</#list>
}
