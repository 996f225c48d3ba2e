"""The cases of the ABNF that our builders cannot say, with the reason."""

from __future__ import annotations

INEXPRESSIBLE = {
    "another spelling of the value, which our codecs read and write in their own": r"""
binary'Zg'
tRUe
2012-09-03T13:52Z
2012-08-31T18:19:22.1Z
2012-09-03T14:53+02:00
2012-09-03T12:53Z
2012-09-03T23%3A59%2B01%3A00
-1.234567e3
1e-101
'P6DT23H59M59.9999S'
%2B42
+42
-0.314e1
%2B0.314e%2B1
%2B128
%2B32000
+32000
%2B1234567890123456789
0123456789
11:22
ProductsByComplex(complex=@c)?@c={"Name":false,"Price":3.14e0,"Rating":null}
%2B2000000000
""",
    "no Python value: years before 1, leap seconds, a seventh digit, a + in JSON": r"""
0000-01-01
-10000-04-01
1972-06-30T23:59:60Z
0000-01-01T00:00Z
-10000-04-01T00:00Z
+0.314e+1
11:22:33.4444444
""",
    "enumerations are written without their type's name, as OData 4.01 has it": r"""
style has Sales.Pattern'Yellow'
Sales.Pattern'Yellow'
Sales.Pattern'Solid,Yellow'
Sales.Pattern'Solid%2CYellow,%2B42'
$filter=style eq Sales.Pattern'Yellow'
$filter=style has Sales.Pattern'Yellow'
$filter=style has Sales.Pattern'32'
Products?$filter=style eq Sales.Pattern'Yellow,32'
Products?$filter=style eq cast(eyeColor,Sales.Pattern)
""",
    "type names are written with their namespace, as OData 4.0 demands": r"""
Customers/MostPopularAddresses()/AddressWithLocation/$count
Products(1)/Address/AddressWithLocation/Street
Address/AddressWithLocation/Street
Categories?$expand=Products/BestSellingProduct
Products?$expand=BestSellingProduct/Sales
cast(Customer)
cast(Category,Customer)
isof(Customer)
isof(Category,Customer)
$select=Address/AddressWithLocation/Location
$select=AddressWithLocation/Location
$select=PreferredSupplier/AccountRepresentative,Address/Street,Address/AddressWithLocation/Location
""",
    "names of options are written with $ and as they stand, as 4.0 demands": r"""
filter=true
expand=Items
expand=Customer,Items(expand=Product)
expand=Customer(levels=4)
expand=Items/$count(filter=Name eq 'Hugo')
expand=Items/$count(search=Hugo)
select=Rating,ReleaseDate
$OrderBy=Name
OrderBy=Name
top=5&skip=10
count=true
search=blue
$format=json&$Format=atom&$format=xml&$format=text/html
format=json
index=42
index=-42
schemaversion=second
schemaversion=1.42.2
$format=JSON&$format=Atom&$format=XML&$format=text/html
""",
    "operators in capitals: they are written as 4.0 demands": r"""
Name EQ 'Milk' AND Price LT 2.55
Name Eq 'Milk' OR Price Lt 2.55
""",
    "parentheses that nothing needs": r"""
(true)
( true )
(Name eq 'Milk')
(false)
$search=(foo AND bar) OR baz
$search=(NOT foo) OR baz
$search=(NOT foo)
$expand=Manager($search=(green))
$expand=Manager($search=a%3Bb)
""",
    "casts to models are written as path segments": r"""
cast(Model.Customer)
cast(Category,Model.Customer)
""",
    "lists of expressions, and the empty list, which 4.0 services refuse": r"""
FirstName in (FirstName)
FirstName in ()
""",
    "objects and arrays in conditions, other than arguments of hassubset": r"""
$filter=Address eq {"Street":"NE 40th","City":"Redmond","State":"WA","ZipCode":"98052"}
Name in ["Milk", "Cheese"]
contains(Names,["Fred","George"])
endswith(["Fred","George","Ron"],["George","Ron"])
indexof(["Fred","George","Ron"],["George","Ron"]) eq 1
length(["Fred","George","Ron"]) eq 3
startswith(["Fred","George","Ron"],["Fred","George"])
hassubset(["Milk", "Cheese"],Names)
hassubsequence([4,1,3],[4,3])
FirstName in ["Miller","Smith"]
FirstName in ["Miller",'Smith']
FirstName in []
["Joe","Smith"] in [["John","Doe"],["Jane","Smith"]]
[FirstName,LastName] in [["John","Doe"],["Jane","Smith"]]
["Milk", "Cheese"] eq ["Oranges", "Carrots", "Ginger"]
["Hello",42,true,false,null,'World']
[FirstName,LastName]
{}
{"FirstName":"John","LastName":"Doe","Sizes":["Large","Small"]}
{"FirstName":Customer/FirstName,"LastName":Manager/LastName,"Sizes":[1, 2 add 3]}
[[],{},true,false,null,42,{"no property name":"value","@something":true}]
$filter=$it eq {"@odata.id":"http://host/service/ZqV5t"}
""",
    "functions of the service in conditions: models do not know them": r"""
Thumbnail/Model.Available()
Model.Available()
Model.MostPopularName()
Products/Model.Available()
Products/Model.BestProduct()/Model.MostPopularName()
Products/BestProduct()/MostPopularName()
Items/MostPopularNames()/MostPopularName()
Items/MostPopularName()/MostPopularName()
Products/Model.BestProduct()/Name
Products/Model.BestProduct()/Model.BestSellingProduct/Name
Products/Model.BestProduct()/Name/Model.Available()
Products/Model.BestProduct()/Address
Products/Model.BestProduct()/Address/Street
Products/Model.BestProduct()/Addresses
Products/Model.BestProduct()/Addresses/Model.MostPopularName()
Products/Model.BestProduct()/EmailAddresses
Products/Model.BestProduct()/Thumbnail
Products/Model.BestProduct()/EmailAddresses/any()
Products/Model.BestProduct()/EmailAddresses/all(lambda:true)
Products/Model.ProductsByColor(color='green')/Model.MostPopularName()
Products/Model.ProductsByColor(color='green')/Model.BestSellingProduct/Model.MostPopularName()
Products/Model.ProductsByColor(color=@color)/Model.BestSellingProduct/Model.MostPopularName()
Products/Model.ProductsByColor()/all(lambda:true)
Items/Model.MostPopularAddress()/Street
Items/Model.MostPopularAddress()/Address
Items/Model.MostPopularAddress()/Address/Model.Available()
Items/Model.MostPopularAddresses()/$count
Items/Model.MostPopularAddresses()/Model.MostPopularName()
Items/Model.MostPopularNames()/$count
Items/Model.MostPopularNames()/Model.MostPopularName()
Items/Model.MostPopularName()/Model.MostPopularName()
Products/Model.ProductsByColor(colors=["red","green","blue"])
Products/Model.ProductsByColor(colors=[ "red", "green" , "blue" ])
Products/Model.ProductsByColor(colors=%5B%20"red",%20"green"%20,"blue"%20%5D)
Model.Available(complex={"Name":"Value"})
Model.Available(complex={ "Name" : "double quote (\") in value" })
Model.Available(complex=%7B %22Name%22 : "double%20quote (%5C%22) in value" %7D)
Model.PhoneticallySimilar(Word1=Name,Word2=Supplier/Name)
$filter=Model.PhoneticallySimilar(Word=@expression)&@expression=5 add 3
$filter=Model.PhoneticallySimilar(Number=5 add 3)
$filter=$it/Model.PhoneticallySimilar(Number=5 add 3)
""",
    "geography and geometry have no Python type": r"""
SRID=0;Point(142.1 64.1)
isof(Location,Edm.GeographyPoint)
geo.distance(Supplier/Location,Product/Location)
geo.intersects(Supplier/SalesArea,Product/Location)
geo.length(Line)
geo.length(geography'SRID=0;LineString(142.1 64.1,3.14 2.78)')
$filter=geo.intersects(geometry'SRID=0;Point(142.1 64.1)',geometry'SRID=0;Polygon((1 1,1 1),(1 1,2 2,3 3,1 1))')
""",
    "annotations as parts of paths": r"""
$filter=Price/@Measures.Currency eq 'EUR'
$filter=Price/@Currency eq 'EUR'
$orderby=Price/@Measures.Currency
$orderby=Price/@Measures.Currency%23Reporting
$filter=Price/@Currency%23Reporting eq 'EUR'
$filter=@Core.Messages/any(m:m/severity eq 'error')
$filter=@Messages/any(m:m/severity eq 'error')
$expand=@Namespace.EntityTerm
$expand=@Namespace.EntityTerm($top=2)
$expand=@Namespace.SomeTerm/Products($top=2)
$select=@Core.Messages($top=5)
$select=Address/@Core.Messages($top=5)
$select=@Measures.Currency,@Core.MayImplement($top=2)
""",
    "parameter aliases for anything but the objects and lists of function calls": r"""
http://host/service/EmployeesByManager(ManagerID=@p1)?@p1=3
http://host/service/EmployeesByManager?ManagerID=3
http://host/service/EmployeesByManager?@ManagerID=3
Categories(@key)?@key=1
Categories(ID=@key)?@key=1
ProductsByCategoryId(categoryId=@cat)?@cat=2
ProductsByCategoryId(categoryId=@cat)?@cat=Model.MostPopularCategory(Rank=2)
ProductsByCategoryId?@categoryId=2
Categories(1)/Model.ProductsByColor?@color='red'
$filter=$it eq @ref&@ref={"@odata.id":"http://host/service/ZqV5t"}
$filter=contains(Title,@word)&@word='Black'
$filter=Title eq @title&@title='Wizard%20of%20Oz'
Categories?$expand=Products(@foo=$this;$filter=@foo/Price gt 3)
Employees?$expand=Manager(@m=$this;$expand=DirectReports($filter=@m/FirstName eq FirstName))
$expand=Items($select=Quantity;$expand=Product($select=Name,Price);@c=15)
""",
    "$root": r"""
Employees?$filter=LastName eq $root/Employees('A1245')/LastName
Employees?$filter=City eq $root/TheMostPopularAddress()/City
ProductsOrderedBy(Customers=@c)?@c=[$root/Customers('ALFKI'),$root/Customers('BLAUS')]
$root/SalesOrganizations
Suppliers?$filter=$root/Sales/Special.MostPopularCategory(Where=ZipCode) eq 'Food'
Suppliers?$filter=Special.MostPopularCategory(What=$root/Sales,Where=ZipCode) eq 'Food'
ProductsByCustomer(customer=@c)?@c=$root/Customers(1)
ProductsByCustomer(customer=@c)?@c=$root/Customers(1)/Model.VipCustomer/AccountRepresentative
ProductsByCustomer(customer=@c)?@c=[$root/Customers(1),$root/Customers(2)]
ProductsByCustomer(customer=@c)?@c={"Country":$root/Countries('DE')}
ProductsByCustomer(customer=@c)?@c={"Orders":[$root/Orders(1)]}
""",
    "$compute": r"""
$compute=case(X gt 0:1,X lt 0:-1,true:0) as SignumX
$compute=case( X gt 0 : 1 , X lt 0 : -1 , true : 0) as SignumX
$compute=@Core.Messages as CoreMessages
$compute=@Core.Messages as _at_Core_dot_Messages&$select=_at_Core_dot_Messages($top=5)
$compute=Amount mul Product/TaxRate as Tax
compute=Amount mul Product/TaxRate as Tax
$compute=Amount mul Product/TaxRate as Tax,day(Time/Date) as WeekDay
$expand=Sales($compute=Amount mul Product/TaxRate as Tax)
""",
    "options of what is selected, and operations in $select": r"""
Customers?$select=EmailAddresses($filter=endswith($this,'.com'))
Customers?$select=Addresses($filter=endswith($this/Street,'gasse'))
Customers?$select=Addresses(@a=$this;$filter=endswith(@a/Street,'gasse'))
$select=Model.ActionName,Model.MostPopularName,Model.*
$select=Model.ActionName,Model.MostPopularName(Location,Kind)
$select=ActionName,MostPopularName(Location,Kind)
$select=Address($select=Street,City,Namespace.AddressWithLocation/Location)
$select=Addresses($filter=startswith(City,'H');$top=5;$skip=0;$count=true;$orderby=$it;$search=blue;@c=15)&$expand=Addresses/Country
""",
    "words side by side, unfinished searches, words with a semicolon": r"""
$search=a%3Bb
$search=AND
$search=OR
$search=NOT
$search=NOT (blue green)
$search=NOT NOT
$search=AND OR
$search=OR AND
$search=AND OR NOT
$search='"blue'
$search='"blue" "green'
$search=blue green
$search=blue%20green
$search=blue NOT green
$search='"'
$search='"bl'
$search='"blue%20p'
$search='('
$expand=Manager($search='gr(een')
$expand=Manager($search='a%3Bb')
""",
    "$filter as a segment of a path, and $each": r"""
Products/$filter(@foo)?@foo=Age gt 3
Products/$filter(Age gt 3)
Products/$filter(@foo)/$filter(@bar)?@foo=Age gt 3&@bar=Price lt 5
Products/$filter(Age gt 3)/$filter(Price lt 5)
Products/$filter(@foo)/$filter(@bar)/$ref?@foo=Age gt 3&@bar=Price lt 5
Products/$filter(@foo)/$filter(@bar)/$count?@foo=Age gt 3&@bar=Price lt 5
Products/$filter(@foo)/$filter(@bar)/$count?@foo=Age gt 3&@bar=Price lt 5&$filter=Price lt 6
Products/$filter(@foo)/Special.ProductsByColor(color='red')/$filter(@bar)?@foo=Age gt 3&@bar=Price lt 5
Products/$filter(@foo)/ProductsByColor(color='red')/$filter(@bar)?@foo=Age gt 3&@bar=Price lt 5
Products/$filter(@foo)/Special.Cluster?@foo=Age gt 3
Products/$filter(Age gt 3)(ID='Sugar')
Categories?$filter=Products/$filter(Age gt 3)/$count lt 10
$filter=Addresses/$filter(endswith(Street,'St'))/$count lt 10
Products/$filter(@foo)/$each
Products/$filter(@foo)/$each/Special.Discount?@foo=Age gt 3
""",
    "options in the body of POST to $query": r"""
People/$query
People(42)/$query
People(42)/Addresses/$query
People(42)/Address/$query
People(42)/EmailAddresses/$query
People(42)/FirstName/$query
Categories(1)/Model.ProductsByColor(color=@c)/$query
Categories(1)/Model.ProductsByColor/$query
ProductsByComplex(complex=@c)/$query
TheBestProduct/$query
""",
    "the service root and what else no description of an API names": r"""
http://127.0.0.1:8080/MyService/
https://[2001:db8:85a3:8d3:1319:8a2e:370:7348]:8080/MyService/
https://[v7.0]/MyService/
http://services.odata.org/OData/OData.svc/
http://My.Org:80/
http://services.odata.org/OData/OData.svc/$metadata
http://services.odata.org/OData/OData.svc/$metadata?$format=json
http://services.odata.org/OData/OData.svc/$metadata?$format=xml
http://services.odata.org/OData/OData.svc/$metadata?$format=text/html
http://services.odata.org/OData/OData.svc/$metadata?$format=text/html&!special
http://services.odata.org/OData/OData.svc/$batch
http://services.odata.org/OData/OData.svc/$batch?$format=json
http://services.odata.org/OData/OData.svc/$batch?$format=multipart/mixed
http://services.odata.org/OData/OData.svc/$batch?!special
$entity?$id=http://host/path
$entity?$id=urn:some:id
$entity?id=urn:some:id
$entity/Model.Customer?$id=http://myservice/Customers('ALFKI')&$select=CompanyName,ContactName&$expand=Orders
$crossjoin(Customers,Countries)?$expand=Customers($select=Name),Countries($select=Name)&$filter=Customers/CountryCode eq Countries/CountryCode and Countries/Name eq 'USA'
$all?$search=red
$all/Model.Customer?$filter=contains(Name,'red')
$crossjoin(Customers,Countries)/$query
http://serviceRoot/Model.Container/$all?$search=blue
http://serviceRoot/$all?$search=blue
http://host/service/$metadata#Customers
$metadata#Customers(Address,Orders)
""",
    "ordinals, and keys of several parts, as segments": r"""
OrderItems/2001/1
Suppliers(1)/EmailAddresses/1
MainSupplier/Addresses/0
Suppliers(1)/Addresses/Model.AddressWithLocation/-1
""",
    "options and segments that no verb has: $id, $index, $value in $expand": r"""
Categories(1)/Products/$ref?$id=Products(0)
$index=42
$expand=$value,Thumbnail
""",
    "options without a value": r"""
Customers?
!special
find=O%27Neil&!special
""",
    "keys within paths of expressions": r"""
Items(1)
""",
}
"""By reason: the texts, one a line."""

SPELLINGS = next(iter(INEXPRESSIBLE.values())).split()
"""The texts of the first reason, whose values are held against ours."""

OF_THE_PLACE = r"""
Categories(1)/Products/$ref/$count
Categories(1)/Products(2)/$ref/$count
Model.Rejection
Categories/TheBestProduct()
Categories(1)/ID/$value/foo
Categories(1)/Address/$value
Categories(1)/Thumbnail/$value
Products/$count/foo
Products(1)/Model.BestSellingProduct/Model.BestSellingProduct
Model.Available
Solid%2CYellow
%2B42
"""
"""Refused for what the names stand for, which builders do not know.

What follows upon what is decided by generated classes, which have an attribute for
every segment that may follow. The last two are members of an enumeration that it does
not declare: enumerations stay open to such.
"""

OTHER_RULES = {
    "context URLs of answers, which clients do not write": ("context",),
    "headers and preferences, tested with the requests that send them": (
        "header",
        "includeAnnotationsPreference",
        "maxpagesizePreference",
        "prefer",
        "preference",
        "request-id",
    ),
    "geography and geometry have no Python type": (
        "geographyCollection",
        "geographyLineString",
        "geographyMultiLineString",
        "geographyMultiPoint",
        "geographyMultiPolygon",
        "geographyPoint",
        "geographyPolygon",
        "geometryCollection",
        "geometryLineString",
        "geometryMultiLineString",
        "geometryMultiPoint",
        "geometryMultiPolygon",
        "geometryPoint",
        "geometryPolygon",
    ),
    "names are what the description of an API says": ("odataIdentifier",),
}
"""The rules that concern neither literals nor keys, paths and query options."""
