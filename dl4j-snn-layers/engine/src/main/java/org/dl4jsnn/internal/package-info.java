/**
 * Internal: code that all packages share, such as argument checks. Needs nothing but Java. Packages
 * below {@code org.dl4jsnn.internal} may change in any version; code outside this project should
 * not import them.
 */
package org.dl4jsnn.internal;
