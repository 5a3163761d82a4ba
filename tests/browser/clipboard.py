"""What word processors put on the clipboard, in words of our own and with the markup each of them is known by."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1><a name="_Toc1"></a><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]><b>Delivery of the plan</b><o:p></o:p></h1>
<p class=MsoNormal><span style='font-size:12.0pt;color:red'>The board’s “plan” runs from 2019
to 2022 – it is <b>under review</b>, as the <i style='mso-bidi-font-style:normal'>annual report</i> says.</span><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Train staff<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><![endif]>in schools</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>in health</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Meet <b>every quarter</b></p>
<p class=MsoNormal>In order:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>first this</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>(a)<span>&nbsp; </span></span><![endif]>with this</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>then that</p>
<p class=MsoNormal>See <a href="https://www.example.org/plan">the <b>plan</b></a> and <a href="file:///C:/x.doc">a file</a>.<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>[1]</span></span></a><span class=MsoCommentReference><a class=msocomanchor href="#_msocom_1">[AB1]</a></span></p>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> Minutes of <i>20 June</i> 2019.</p></div></div>
<div style='mso-element:comment-list'><div id="_com_1" class=msocomtxt><p class=MsoCommentText>Not to be seen: canary</p></div></div>
<!--EndFragment--></body></html>"""

WORD_SAYS = """## Delivery of the plan

The board’s “plan” runs from 2019 to 2022 – it is **under review**, as the *annual report* says.

- Train staff
  - in schools
  - in health
- Meet **every quarter**

In order:

1. first this
   1. with this
2. then that

See [the **plan**](https://www.example.org/plan) and a file.[^1]

[^1]: Minutes of *20 June* 2019."""

WORD_TABLE = """<!--StartFragment--><table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'>
<tr style='mso-yfti-irow:0'><td width=200 style='background:#D9D9D9'><p class=MsoNormal><b>Activity<o:p></o:p></b></p></td>
<td colspan=2><p class=MsoNormal align=center><b>When | where</b></p></td></tr>
<tr><td rowspan=2><p class=MsoNormal>Training</p></td><td><p class=MsoNormal>Autumn</p><p class=MsoNormal>2019</p></td><td><p class=MsoNormal>Town hall</p></td></tr>
<tr><td><p class=MsoNormal>Spring</p></td><td><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>north</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>south</p></td></tr>
<tr><td colspan=3><p class=MsoNormal>All are free</p></td></tr></table><p class=MsoNormal>After it.</p><!--EndFragment-->"""

WORD_TABLE_SAYS = r"""| Activity | When \| where | When \| where |
|---|---|---|
| Training | Autumn 2019 | Town hall |
| Training | Spring | north; south |
| All are free |  |  |

After it."""

COUNTED = """<!--StartFragment--><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><b><span style='mso-list:Ignore'>1.1<span>&nbsp; </span></span>What is asked</b></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.1.1<span>&nbsp; </span></span>The duty is the <b>council’s</b>:</p>
<p class=MsoListParagraph style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>1.5 Million people</p>
<p class=MsoNormal>1.2<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>“Typed” by hand.</p>
<p class=MsoNormal><b>2.2</b> <b>Priority 1: to know the risk</b></p>
<p class=MsoNormal>2.3 Next, with<span style='mso-tab-count:1'> </span>a tab.</p><h2>3. Delivery</h2>
<p class=MsoNormal>2.5 million people, and 21.7.2017 is a day.</p><!--EndFragment-->"""

COUNTED_SAYS = """## What is asked

The duty is the **council’s**:

- 1.5 Million people

“Typed” by hand.

## Priority 1: to know the risk

Next, with a tab.

## Delivery

2.5 million people, and 21.7.2017 is a day."""

ONLINE = """<html><body><!--StartFragment--><div class="OutlineElement Ltr SCXW1"><p class="Paragraph SCXW1" role="heading" aria-level="2" style="font-weight:normal"><span class="TextRun SCXW1" style="font-size:13pt;color:#2F5496"><span class="NormalTextRun SCXW1">What was done</span></span><span class="EOP SCXW1">&nbsp;</span></p></div>
<div class="ListContainerWrapper SCXW1"><ul class="BulletListStyle1" role="list"><li class="OutlineElement" role="listitem" data-listid="3" data-aria-level="1" aria-setsize="-1"><p class="Paragraph"><span class="TextRun" style="font-weight:bold"><span class="NormalTextRun">Schools</span></span><span class="TextRun"><span class="NormalTextRun">: nine sessions</span></span><span class="EOP">&nbsp;</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ul role="list"><li role="listitem" data-aria-level="2"><p class="Paragraph"><span class="TextRun" style="font-style:italic"><span class="NormalTextRun">primary</span></span><span class="EOP">&nbsp;</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ul role="list"><li role="listitem" data-aria-level="1"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">Health</span></span><span class="EOP">&nbsp;</span></p></li></ul></div>
<div class="ListContainerWrapper SCXW1"><ol class="NumberListStyle1" role="list" start="3"><li role="listitem" data-aria-level="1"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">third</span></span></p></li></ol></div>
<div class="OutlineElement"><p class="Paragraph"><span class="TextRun"><span class="NormalTextRun">It isn’t over</span></span><span class="LineBreakBlob"><br></span><span class="TextRun">yet.</span></p></div><!--EndFragment--></body></html>"""

ONLINE_SAYS = """## What was done

- **Schools**: nine sessions
  - *primary*
- Health

3. third

It isn’t over
yet."""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-0"><h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400">Next year</span></h2>
<p dir="ltr"><span style="font-weight:400;font-style:normal">Members </span><span style="font-weight:700">must</span><span style="font-weight:400"> agree.</span></p>
<ul style="padding-inline-start:48px;"><li dir="ltr" aria-level="1" style="list-style-type:disc"><p dir="ltr" role="presentation"><span style="font-weight:400">One</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>Beneath</span></p></li></ul>
<li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Two</span></p></li></ul>
<p dir="ltr"><a href="https://www.example.org/a_(b)" style="text-decoration:none"><span style="text-decoration:underline;color:#1155cc">a paper</span></a></p>
<div dir="ltr" align="left"><table><colgroup><col></colgroup><tbody><tr><td><p dir="ltr"><span style="font-weight:700">Step</span></p></td><td><p dir="ltr"><span style="font-weight:700">By</span></p></td></tr><tr><td><p dir="ltr"><span>Plan</span></p></td><td><p dir="ltr"><span>The board</span></p></td></tr></tbody></table></div></b><br class="Apple-interchange-newline">"""

DOCS_SAYS = """## Next year

Members **must** agree.

- One
  - Beneath
- Two

[a paper](https://www.example.org/a_%28b%29)

| Step | By |
|---|---|
| Plan | The board |"""

WEB = """<ul><li>One<ol><li>Inner</li></ol></li></ul><p>5 * 3 * 2 and a_b and _c_ &amp;amp; [[risks]] [^1]</p><p>1. typed by hand</p><p># not a heading</p>
<p style="display:none">hidden canary</p><p>kept <del>deleted canary</del><ins>added</ins></p><script>canary()</script><p><img src="x.png" alt="canary">end</p>"""

WEB_SAYS = r"""- One
  1. Inner

5 \* 3 \* 2 and a_b and \_c\_ \&amp; \[[risks]] \[^1]

1\. typed by hand

\# not a heading

kept added

end"""
